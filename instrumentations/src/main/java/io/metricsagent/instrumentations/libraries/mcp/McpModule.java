package io.metricsagent.instrumentations.libraries.mcp;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;
import static io.metricsagent.instrumentations.rules.Rule.forClass;
import static io.metricsagent.instrumentations.rules.Rule.forSubtypes;

import com.google.auto.service.AutoService;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.protocol.ExchangeFutureHandler;
import io.metricsagent.instrumentations.protocol.ExchangePublisherHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.RuleTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ServedTools;
import io.metricsagent.instrumentations.tools.ToolAnswerHandler;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * The Model Context Protocol: servers and clients of the Java SDK, 0.17 to 2.x, with its second
 * stack from 2.2 on ({@link ModernRules}), and LangChain4j's own client.
 *
 * <p>For requests of all methods of the protocol, the rules weave the methods of sessions that send
 * and receive them. Calls of tools have further rules, because the agent records more about them.
 *
 * <p>The SDK's blocking server and client call the asynchronous ones. The tools that users write
 * are functions, mostly lambdas, so in a server the method is woven that makes the object for all
 * calls.
 */
@AutoService(InstrumentationModule.class)
public final class McpModule extends RuleTable<McpModule.Shared> {
  private static final String SDK = "io.modelcontextprotocol.";
  private static final String ASYNC_SERVER = SDK + "server.McpAsyncServer";
  private static final String STATELESS_ASYNC_SERVER = SDK + "server.McpStatelessAsyncServer";
  private static final String FEATURES = SDK + "server.McpServerFeatures";
  private static final String STATELESS_FEATURES = SDK + "server.McpStatelessServerFeatures";
  private static final String DISPATCHER = "McpRequestHandler";
  private static final String STATELESS_DISPATCHER = "McpStatelessRequestHandler";
  private static final String REQUEST = SDK + "spec.McpSchema$CallToolRequest";
  private static final String RESULT = SDK + "spec.McpSchema$CallToolResult";
  private static final String JSON_REQUEST = SDK + "spec.McpSchema$JSONRPCRequest";
  private static final String CONTEXT = SDK + "common.McpTransportContext";
  private static final String MONO = "reactor.core.publisher.Mono";
  private static final String FUNCTION = "java.util.function.BiFunction";
  private static final String LANGCHAIN4J = "dev.langchain4j.mcp.client.";
  private static final String TRANSPORT_TYPE = LANGCHAIN4J + "transport.McpTransport";

  /**
   * What the handlers share.
   *
   * @param sessions the sessions that are open
   * @param modernTools the tools that servers of the second stack have found
   */
  record Shared(McpRecorder recorder, McpSessions sessions, FoundTools modernTools) {}

  /** What is woven, and the handler that is called there. */
  private enum Rules implements Row<Shared> {
    SERVER(
        forClass(ASYNC_SERVER, method("toolsCallRequestHandler", SDK + "server." + DISPATCHER))
            .replacingResult()),
    STATELESS_SERVER(
        forClass(
                STATELESS_ASYNC_SERVER,
                method("toolsCallRequestHandler", SDK + "server." + STATELESS_DISPATCHER))
            .replacingResult()),
    FOUND(
        forClass(FEATURES + "$AsyncToolSpecification", method("callHandler", FUNCTION)),
        forClass(STATELESS_FEATURES + "$AsyncToolSpecification", method("callHandler", FUNCTION))),
    // This class exists from 2.0 on.
    CHECK(forClass(SDK + "util.ToolInputValidator", named("validate"))),
    BODY(
        forClass(FEATURES + "$SyncToolSpecification", method("callHandler", FUNCTION))
            .replacingResult(),
        forClass(STATELESS_FEATURES + "$SyncToolSpecification", method("callHandler", FUNCTION))
            .replacingResult()),
    CALL(
        forClass(SDK + "client.McpSyncClient", method("callTool", RESULT, REQUEST)),
        forSubtypes(LANGCHAIN4J + "McpClient", named("executeTool"))),
    CALL_ASYNC(
        forClass(SDK + "client.McpAsyncClient", method("callTool", MONO, REQUEST))
            .replacingResult()),
    ANSWER(forSubtypes(TRANSPORT_TYPE, named("executeOperationWithResponse"))),
    TRANSPORT(
        forSubtypes(TRANSPORT_TYPE, named("initialize"), named("executeOperationWithResponse"))
            .replacingResult()),
    SENT(
        sent("McpClientSession"),
        sent("McpServerSession"),
        sent("McpStreamableServerSession$McpStreamableServerSessionStream")),
    RECEIVED(
        received("McpClientSession", JSON_REQUEST),
        received("McpServerSession", JSON_REQUEST, CONTEXT),
        forClass(
                SDK + "spec.McpStreamableServerSession",
                method(
                    "responseStream",
                    MONO,
                    JSON_REQUEST,
                    SDK + "spec.McpStreamableServerTransport"))
            .replacingArgument(1)
            .replacingResult()),
    RECEIVED_STATELESS(
        forClass(
                SDK + "server.DefaultMcpStatelessServerHandler",
                method("handleRequest", MONO, CONTEXT, JSON_REQUEST))
            .replacingResult()),
    INITIALIZE(
        forClass(
                ASYNC_SERVER,
                method(
                    "asyncInitializeRequestHandler",
                    MONO,
                    SDK + "spec.McpSchema$InitializeRequest"))
            .replacingResult()),
    SESSION(
        forClass(SDK + "spec.McpClientSession", named("sendRequest")),
        forClass(SDK + "spec.McpServerSession", named("handleIncomingRequest"))),
    SESSION_MADE(
        forClass(SDK + "spec.DefaultMcpStreamableServerSessionFactory", named("startSession"))),
    TRANSPORT_BEGINS(forSubtypes(TRANSPORT_TYPE, named("initialize"))),
    CLIENT_CLOSED(
        closed("McpClientSession"),
        // McpTransport itself inherits this method from Closeable.
        forSubtypes(TRANSPORT_TYPE, method("close", "void")).whereThereIsOne()),
    SERVER_CLOSED(closed("McpServerSession"), closed("McpStreamableServerSession"));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, Shared shared) {
      return switch (this) {
        case SERVER -> served(telemetry).dispatcher(DISPATCHER);
        case STATELESS_SERVER -> served(telemetry).dispatcher(STATELESS_DISPATCHER);
        case FOUND -> served(telemetry).found();
        case CHECK -> served(telemetry).check();
        case BODY -> served(telemetry).body();
        case CALL -> new ToolCallHandler(called(), telemetry);
        case CALL_ASYNC -> new ToolPublisherHandler(called(), telemetry);
        case ANSWER -> new ToolAnswerHandler();
        case TRANSPORT ->
            new ExchangeFutureHandler(LangChain4jRequest.finder(shared.recorder), telemetry);
        case SENT ->
            new ExchangePublisherHandler(SentRequest.finder(shared.recorder, called()), telemetry);
        case RECEIVED ->
            new ExchangePublisherHandler(ReceivedRequest.first(shared.recorder), telemetry);
        case RECEIVED_STATELESS ->
            new ExchangePublisherHandler(ReceivedRequest.second(shared.recorder), telemetry);
        case INITIALIZE ->
            new ExchangePublisherHandler(ReceivedRequest.initialize(shared.recorder), telemetry);
        case SESSION -> shared.sessions.beginning();
        case SESSION_MADE -> shared.sessions.made();
        case TRANSPORT_BEGINS -> shared.sessions.begin(shared.recorder, McpSnapshot.CLIENT);
        case CLIENT_CLOSED -> shared.sessions.closed(shared.recorder, McpSnapshot.CLIENT);
        case SERVER_CLOSED -> shared.sessions.closed(shared.recorder, McpSnapshot.SERVER);
      };
    }
  }

  private static Rule sent(String session) {
    return forClass(
            SDK + "spec." + session,
            method(
                "sendRequest", MONO, "java.lang.String", "java.lang.Object", SDK + "json.TypeRef"))
        .replacingResult();
  }

  private static Rule received(String session, String... parameters) {
    return forClass(SDK + "spec." + session, method("handleIncomingRequest", MONO, parameters))
        .replacingResult();
  }

  private static Rule closed(String session) {
    return forClass(
        SDK + "spec." + session, method("close", "void"), method("closeGracefully", MONO));
  }

  /** Returns the decoder for calls of tools in clients. */
  static McpToolDecoder called() {
    return new McpToolDecoder(LostRequests::errorType);
  }

  /** Returns the handlers for the tools of a server. */
  private static ServedTools served(Telemetry telemetry) {
    return new ServedTools(new McpToolDecoder(Errors::type), telemetry);
  }

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public List<? extends Row<Shared>> rows() {
    List<Row<Shared>> rows = new ArrayList<>();
    rows.addAll(List.of(Rules.values()));
    rows.addAll(List.of(ModernRules.Rules.values()));
    return rows;
  }

  @Override
  protected Shared shared(Telemetry telemetry) {
    return new Shared(new McpRecorder(telemetry), new McpSessions(), new FoundTools());
  }

  @Override
  public List<Coverage> coverage() {
    return List.of(
        new Coverage(
            "MCP Java SDK",
            "io.modelcontextprotocol.sdk:mcp",
            List.of("0.17.0", "1.0.0", "2.1.0"),
            "tools, in servers and in clients, blocking and asynchronous; a failure that is only a"
                + " flag in the result; tools that do not exist, which share one name; arguments"
                + " that a server refuses; a status of HTTP, where the client tells it; requests of"
                + " every method, sent and received, with sessions and without; sessions from their"
                + " first request to their close"),
        new Coverage(
            "MCP Java SDK, `modern`",
            "io.modelcontextprotocol.sdk:mcp-core",
            List.of("2.2.0"),
            "tools and requests of its second stack, likewise; it has no sessions; answers that are"
                + " streams, to their result"),
        new Coverage(
            "MCP client of LangChain4j",
            "dev.langchain4j:langchain4j-mcp",
            List.of("1.9.1-beta17", "1.18.1-beta28"),
            "tools, requests and sessions, likewise; a time-out, which it makes an ordinary result"
                + " of"));
  }
}
