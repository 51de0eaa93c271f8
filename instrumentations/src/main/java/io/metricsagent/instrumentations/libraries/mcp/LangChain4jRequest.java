package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.protocol.Exchange;
import io.metricsagent.instrumentations.tools.ServedTools;
import java.util.Map;

/**
 * A request that LangChain4j's own client sends; the client has a message class for each method of
 * the protocol. The answers are trees of JSON, from which only the code of an error and a tool's
 * failure flag are read.
 */
final class LangChain4jRequest implements Exchange {
  private static final Accessor MESSAGE = Accessor.path("message()");
  private static final Accessor PARAMETERS = Accessor.path("getParams()");
  private static final Accessor NAME = Accessor.path("getName()");
  private static final Accessor ERROR_CODE = Accessor.path("get(error).get(code).asText()");
  private static final Accessor ERROR_TEXT = Accessor.path("get(error).get(message).asText()");
  private static final Accessor IS_ERROR = Accessor.path("get(result).get(isError).booleanValue()");

  private static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("McpInitializeRequest", "initialize"),
          Map.entry("McpPingRequest", "ping"),
          Map.entry("McpListToolsRequest", "tools/list"),
          Map.entry("McpCallToolRequest", McpRecorder.TOOLS_CALL),
          Map.entry("McpListResourcesRequest", "resources/list"),
          Map.entry("McpListResourceTemplatesRequest", "resources/templates/list"),
          Map.entry("McpReadResourceRequest", "resources/read"),
          Map.entry("McpSubscribeResourceRequest", "resources/subscribe"),
          Map.entry("McpUnsubscribeResourceRequest", "resources/unsubscribe"),
          Map.entry("McpListPromptsRequest", "prompts/list"),
          Map.entry("McpGetPromptRequest", "prompts/get"));

  private final McpRecorder recorder;
  private final String method;
  private final String tool;

  private LangChain4jRequest(McpRecorder recorder, String method, String tool) {
    this.recorder = recorder;
    this.method = method;
    this.tool = tool;
  }

  /** Returns a finder for methods whose first argument is a message or contains one. */
  static Finder finder(McpRecorder recorder) {
    return (argument, other) -> {
      if (argument == null) {
        return null;
      }
      Object held = MESSAGE.read(argument);
      Object message = held == null ? argument : held;
      String method = METHODS.get(message.getClass().getSimpleName());
      String tool = McpRecorder.TOOLS_CALL.equals(method) ? tool(message) : null;
      return new LangChain4jRequest(recorder, method, tool);
    };
  }

  /** Returns the tool that a message calls. In older releases, the parameters are in a map. */
  private static String tool(Object message) {
    Object parameters = PARAMETERS.read(message);
    if (parameters instanceof Map<?, ?> map) {
      return map.get("name") instanceof String name ? name : null;
    }
    return NAME.readString(parameters);
  }

  @Override
  public void ended(String served, Origin origin, long nanos, Object answer, Throwable error) {
    String errorType = error == null ? errorType(answer) : McpRecorder.errorType(error);
    boolean unknown = tool != null && McpToolDecoder.saysUnknownTool(ERROR_TEXT.readString(answer));
    recorder.sent(method, unknown ? ServedTools.UNKNOWN_TOOL : tool, origin, nanos, errorType);
  }

  private static String errorType(Object answer) {
    String code = ERROR_CODE.readString(answer);
    if (code != null) {
      return code;
    }
    return Boolean.TRUE.equals(IS_ERROR.read(answer)) ? McpToolDecoder.TOOL_ERROR : null;
  }
}
