package io.metricsagent.instrumentations.libraries.mcp;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.MethodTarget.named;

import com.google.auto.service.AutoService;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.protocol.ExchangeFutureHandler;
import io.metricsagent.instrumentations.protocol.ExchangePublisherHandler;
import io.metricsagent.instrumentations.rules.Coverage;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ServedTools;
import io.metricsagent.instrumentations.tools.ToolAnswerHandler;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Model Context Protocol: servers and clients of its Java SDK, 0.17 to 2.x, with the second
 * stack that it has from 2.2 on ({@link ModernRules}), and LangChain4j's client, which is its own.
 *
 * <p>Requests of all methods are woven where sessions send and receive them. Calls of tools are
 * woven besides, for there is more to learn of them.
 *
 * <p>The SDK's blocking server and client sit on the asynchronous ones. What users write are
 * functions, mostly lambdas, so a server is woven where it makes the object that gets all calls.
 */
@AutoService(InstrumentationModule.class)
public final class McpModule implements InstrumentationModule {
  private static final String SDK = "io.modelcontextprotocol.";
  private static final String SERVER = SDK + "server.McpAsyncServer";
  private static final String STATELESS_SERVER = SDK + "server.McpStatelessAsyncServer";
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

  private final McpSessions sessions = new McpSessions();
  private final ModernRules modern = new ModernRules();

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public List<Rule> rules() {
    return Stream.concat(firstStack().stream(), ModernRules.rules().stream()).toList();
  }

  private static List<Rule> firstStack() {
    return List.of(
        Rule.forClass(
                "server", SERVER, method("toolsCallRequestHandler", SDK + "server." + DISPATCHER))
            .replacingResult(),
        Rule.forClass(
                "stateless-server",
                STATELESS_SERVER,
                method("toolsCallRequestHandler", SDK + "server." + STATELESS_DISPATCHER))
            .replacingResult(),
        Rule.forClass(
            "found", FEATURES + "$AsyncToolSpecification", method("callHandler", FUNCTION)),
        Rule.forClass(
            "found",
            STATELESS_FEATURES + "$AsyncToolSpecification",
            method("callHandler", FUNCTION)),
        // From 2.0 on.
        Rule.forClass("check", SDK + "util.ToolInputValidator", named("validate")),
        Rule.forClass("body", FEATURES + "$SyncToolSpecification", method("callHandler", FUNCTION))
            .replacingResult(),
        Rule.forClass(
                "body",
                STATELESS_FEATURES + "$SyncToolSpecification",
                method("callHandler", FUNCTION))
            .replacingResult(),
        Rule.forClass("call", SDK + "client.McpSyncClient", method("callTool", RESULT, REQUEST)),
        Rule.forClass(
                "call-async", SDK + "client.McpAsyncClient", method("callTool", MONO, REQUEST))
            .replacingResult(),
        Rule.forSubtypes("call", LANGCHAIN4J + "McpClient", named("executeTool")),
        Rule.forSubtypes(
            "answer",
            LANGCHAIN4J + "transport.McpTransport",
            named("executeOperationWithResponse")),
        Rule.forSubtypes(
                "transport",
                LANGCHAIN4J + "transport.McpTransport",
                named("initialize"),
                named("executeOperationWithResponse"))
            .replacingResult(),
        sent("McpClientSession"),
        sent("McpServerSession"),
        sent("McpStreamableServerSession$McpStreamableServerSessionStream"),
        received("McpClientSession", "handleIncomingRequest", JSON_REQUEST),
        received("McpServerSession", "handleIncomingRequest", JSON_REQUEST, CONTEXT),
        Rule.forClass(
                "received",
                SDK + "spec.McpStreamableServerSession",
                method(
                    "responseStream",
                    MONO,
                    JSON_REQUEST,
                    SDK + "spec.McpStreamableServerTransport"))
            .replacingArgument(1)
            .replacingResult(),
        Rule.forClass(
                "received-stateless",
                SDK + "server.DefaultMcpStatelessServerHandler",
                method("handleRequest", MONO, CONTEXT, JSON_REQUEST))
            .replacingResult(),
        Rule.forClass(
                "initialize",
                SERVER,
                method(
                    "asyncInitializeRequestHandler",
                    MONO,
                    SDK + "spec.McpSchema$InitializeRequest"))
            .replacingResult(),
        Rule.forClass("session", SDK + "spec.McpClientSession", named("sendRequest")),
        Rule.forClass("session", SDK + "spec.McpServerSession", named("handleIncomingRequest")),
        Rule.forClass(
            "session-made",
            SDK + "spec.DefaultMcpStreamableServerSessionFactory",
            named("startSession")),
        closed("client-closed", "McpClientSession"),
        closed("server-closed", "McpServerSession"),
        closed("server-closed", "McpStreamableServerSession"),
        Rule.forSubtypes(
            "transport-begins", LANGCHAIN4J + "transport.McpTransport", named("initialize")),
        // McpTransport itself has it from Closeable.
        Rule.forSubtypes(
                "client-closed", LANGCHAIN4J + "transport.McpTransport", method("close", "void"))
            .whereThereIsOne());
  }

  private static Rule sent(String session) {
    return Rule.forClass(
            "sent",
            SDK + "spec." + session,
            method(
                "sendRequest", MONO, "java.lang.String", "java.lang.Object", SDK + "json.TypeRef"))
        .replacingResult();
  }

  private static Rule closed(String id, String session) {
    return Rule.forClass(
        id, SDK + "spec." + session, method("close", "void"), method("closeGracefully", MONO));
  }

  private static Rule received(String session, String name, String... parameters) {
    return Rule.forClass("received", SDK + "spec." + session, method(name, MONO, parameters))
        .replacingResult();
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

  @Override
  public SiteHandler handler(Rule rule, Telemetry telemetry) {
    McpToolDecoder called = new McpToolDecoder(LostRequests::errorType);
    McpRecorder recorder = new McpRecorder(telemetry);
    ServedTools served = new ServedTools(new McpToolDecoder(Errors::type), telemetry);
    return switch (rule.id()) {
      case "server" -> served.dispatcher(DISPATCHER);
      case "stateless-server" -> served.dispatcher(STATELESS_DISPATCHER);
      case "found" -> served.found();
      case "check" -> served.check();
      case "body" -> served.body();
      case "call" -> new ToolCallHandler(called, telemetry);
      case "call-async" -> new ToolPublisherHandler(called, telemetry);
      case "answer" -> new ToolAnswerHandler();
      case "transport" -> new ExchangeFutureHandler(LangChain4jRequest.finder(recorder), telemetry);
      case "sent" -> new ExchangePublisherHandler(SentRequest.finder(recorder, called), telemetry);
      case "received" -> new ExchangePublisherHandler(ReceivedRequest.first(recorder), telemetry);
      case "received-stateless" ->
          new ExchangePublisherHandler(ReceivedRequest.second(recorder), telemetry);
      case "session" -> sessions.beginning();
      case "session-made" -> sessions.made();
      case "transport-begins" -> sessions.begin(recorder, McpSnapshot.CLIENT);
      case "client-closed" -> sessions.closed(recorder, McpSnapshot.CLIENT);
      case "server-closed" -> sessions.closed(recorder, McpSnapshot.SERVER);
      case "initialize" ->
          new ExchangePublisherHandler(ReceivedRequest.initialize(recorder), telemetry);
      default -> modernHandler(rule, recorder, called, telemetry);
    };
  }

  private SiteHandler modernHandler(
      Rule rule, McpRecorder recorder, McpToolDecoder called, Telemetry telemetry) {
    SiteHandler handler = modern.handler(rule.id(), recorder, called, telemetry);
    if (handler == null) {
      throw new IllegalArgumentException(rule.id());
    }
    return handler;
  }
}
