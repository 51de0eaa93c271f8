package io.metricsagent.instrumentations.libraries.mcp;

import static io.metricsagent.instrumentations.rules.MethodTarget.method;

import io.metricsagent.instrumentations.protocol.ExchangePublisherHandler;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tools.ToolCallHandler;
import io.metricsagent.instrumentations.tools.ToolPublisherHandler;
import java.util.List;

/**
 * The second stack of the Java SDK, {@code io.modelcontextprotocol.modern}, from 2.2 on. It has no
 * sessions: each request says all there is to know.
 *
 * <p>A server answers a call by a result or by a stream of messages, the last of which is the
 * result. A stream is measured where the server makes it, since it goes on after the answer.
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

  private final FoundTools found = new FoundTools();

  static List<Rule> rules() {
    return List.of(
        Rule.forClass(
            "modern-call",
            CLIENT + "SyncClientRequester",
            method(
                "callTool", SCHEMA + "CallToolResult", STRING, OBJECT, SETTINGS, SCHEMA + "Tool"),
            method("onceTool", SCHEMA + "Result", STRING, OBJECT, SETTINGS, SCHEMA + "Tool")),
        Rule.forClass(
                "modern-call-async",
                CLIENT + "AsyncClientRequester",
                method("callTool", MONO, STRING, OBJECT, SETTINGS, SCHEMA + "Tool"),
                method("onceTool", MONO, STRING, OBJECT, SETTINGS, SCHEMA + "Tool"))
            .replacingResult(),
        // Each round of a call that the server asks back for is a request.
        Rule.forClass(
                "modern-sent",
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
            .replacingResult(),
        Rule.forClass(
                "modern-listen",
                CLIENT + "JsonRpcRequestSender",
                method("listen", FLUX, MAP, MAP, SCHEMA + "ClientCapabilities"))
            .replacingResult(),
        Rule.forClass(
                "modern-received",
                SERVER + "McpServer",
                method("handle", MONO, CONTEXT, JSON_REQUEST),
                method("handleBlocking", MONO, CONTEXT, JSON_REQUEST))
            .replacingResult(),
        Rule.forClass(
                "modern-streamed",
                SERVER + "McpServer",
                method("stream", FLUX, REQUEST_CONTEXT, SERVER + "McpAsyncResponse$Body"))
            .replacingResult(),
        Rule.forClass(
                "modern-tool",
                SERVER + "feature.ToolsFeature",
                method("handle", MONO, REQUEST_CONTEXT, OBJECT))
            .replacingResult(),
        Rule.forClass(
            "modern-found",
            SERVER + "feature.ToolsFeature",
            method(
                "call",
                MONO,
                REQUEST_CONTEXT,
                SERVER + "feature.McpAsyncTool",
                SCHEMA + "CallToolRequest")));
  }

  /** Returns the handler of one of the rules, or {@code null} for a rule of the first stack. */
  SiteHandler handler(
      String rule, McpRecorder recorder, McpToolDecoder called, Telemetry telemetry) {
    return switch (rule) {
      case "modern-call" -> new ToolCallHandler(called, telemetry);
      case "modern-call-async" -> new ToolPublisherHandler(called, telemetry);
      case "modern-sent" ->
          new ExchangePublisherHandler(ModernSentRequest.finder(recorder, called), telemetry);
      case "modern-listen" ->
          new ExchangePublisherHandler(ModernSentRequest.listening(recorder, called), telemetry);
      case "modern-received" ->
          new ExchangePublisherHandler(ModernReceivedRequest.finder(recorder, found), telemetry);
      case "modern-streamed" ->
          new ExchangePublisherHandler(ModernReceivedRequest.streamed(recorder, found), telemetry);
      case "modern-tool" -> new ToolPublisherHandler(new ModernToolDecoder(found), telemetry);
      case "modern-found" -> found;
      default -> null;
    };
  }
}
