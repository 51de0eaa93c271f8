package io.metricsagent.instrumentations.libraries.mcp;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;
import static io.metricsagent.instrumentations.rules.Rule.forClass;

import io.metricsagent.instrumentations.protocol.ExchangePublisherHandler;
import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.RowHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import java.util.List;

/**
 * The second stack of the Java SDK, {@code io.modelcontextprotocol.modern}, which exists from 2.2
 * on. It has no sessions: each request is complete in itself.
 *
 * <p>A server answers a call with a result, or with a stream of messages whose last message is the
 * result. A stream goes on after the method that answers has returned, so it is measured in the
 * method that makes the stream.
 */
final class ModernRules {
  private static final String MODERN = "io.modelcontextprotocol.modern.";
  private static final String CLIENT = MODERN + "client.";
  private static final String SERVER = MODERN + "server.";
  private static final String SCHEMA = MODERN + "McpSchema$";
  private static final String JSON_REQUEST = MODERN + "JsonRpc$JSONRPCRequest";
  private static final String SETTINGS = CLIENT + "CallSettings";
  private static final String REQUEST_CONTEXT = SERVER + "McpRequestContext";
  private static final String CONTEXT = "io.modelcontextprotocol.common.McpTransportContext";
  private static final String MONO = "reactor.core.publisher.Mono";
  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String STRING = "java.lang.String";
  private static final String OBJECT = "java.lang.Object";
  private static final String MAP = "java.util.Map";

  private ModernRules() {}

  /** What is woven, and the handler that is called there. */
  enum Rules implements Row<McpModule.Shared> {
    MODERN_CALL(
        forClass(
            CLIENT + "SyncClientRequester",
            method(
                "callTool", SCHEMA + "CallToolResult", STRING, OBJECT, SETTINGS, SCHEMA + "Tool"),
            method("onceTool", SCHEMA + "Result", STRING, OBJECT, SETTINGS, SCHEMA + "Tool"))),
    MODERN_CALL_ASYNC(
        forClass(
                CLIENT + "AsyncClientRequester",
                method("callTool", MONO, STRING, OBJECT, SETTINGS, SCHEMA + "Tool"),
                method("onceTool", MONO, STRING, OBJECT, SETTINGS, SCHEMA + "Tool"))
            .replacingResult()),
    // If the server asks the client back, each round of the call is a request.
    MODERN_SENT(
        forClass(
                CLIENT + "JsonRpcRequestSender",
                method(
                    "send",
                    MONO,
                    STRING,
                    STRING,
                    MAP,
                    MAP,
                    MAP,
                    SCHEMA + "ClientCapabilities",
                    "java.time.Duration",
                    "java.util.function.Function"))
            .replacingResult()),
    MODERN_LISTEN(
        forClass(
                CLIENT + "JsonRpcRequestSender",
                method("listen", FLUX, MAP, MAP, SCHEMA + "ClientCapabilities"))
            .replacingResult()),
    MODERN_RECEIVED(
        forClass(
                SERVER + "McpServer",
                method("handle", MONO, CONTEXT, JSON_REQUEST),
                method("handleBlocking", MONO, CONTEXT, JSON_REQUEST))
            .replacingResult()),
    MODERN_STREAMED(
        forClass(
                SERVER + "McpServer",
                method("stream", FLUX, REQUEST_CONTEXT, SERVER + "McpAsyncResponse$Body"))
            .replacingResult()),
    MODERN_TOOL(
        forClass(SERVER + "feature.ToolsFeature", method("handle", MONO, REQUEST_CONTEXT, OBJECT))
            .replacingResult()),
    MODERN_FOUND(
        forClass(
            SERVER + "feature.ToolsFeature",
            method(
                "call",
                MONO,
                REQUEST_CONTEXT,
                SERVER + "feature.McpAsyncTool",
                SCHEMA + "CallToolRequest")));

    private final List<Rule> rules;

    Rules(Rule... rules) {
      this.rules = List.of(rules);
    }

    @Override
    public List<Rule> rules() {
      return rules;
    }

    @Override
    public RowHandler handler(Telemetry telemetry, McpModule.Shared shared) {
      McpRecorder recorder = shared.recorder();
      FoundTools tools = shared.modernTools();
      return switch (this) {
        case MODERN_CALL -> new ToolCallHandler(McpModule.called(), telemetry);
        case MODERN_CALL_ASYNC -> new ToolPublisherHandler(McpModule.called(), telemetry);
        case MODERN_SENT ->
            new ExchangePublisherHandler(
                ModernSentRequest.finder(recorder, McpModule.called()), telemetry);
        case MODERN_LISTEN ->
            new ExchangePublisherHandler(
                ModernSentRequest.listening(recorder, McpModule.called()), telemetry);
        case MODERN_RECEIVED ->
            new ExchangePublisherHandler(ModernReceivedRequest.finder(recorder, tools), telemetry);
        case MODERN_STREAMED ->
            new ExchangePublisherHandler(
                ModernReceivedRequest.streamed(recorder, tools), telemetry);
        case MODERN_TOOL -> new ToolPublisherHandler(new ModernToolDecoder(tools), telemetry);
        case MODERN_FOUND -> tools;
      };
    }
  }
}
