package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.protocol.Exchange;
import java.util.Map;

/** A request that a client of the second stack sends; the result is a map. */
final class ModernSentRequest implements Exchange {
  private final McpRecorder recorder;
  private final McpToolDecoder tools;
  private final String method;
  private final String tool;

  private ModernSentRequest(
      McpRecorder recorder, McpToolDecoder tools, String method, String tool) {
    this.recorder = recorder;
    this.tools = tools;
    this.method = method;
    this.tool = tool;
  }

  /** Returns a finder for {@code send(method, name, …)}. */
  static Finder finder(McpRecorder recorder, McpToolDecoder tools) {
    return (method, name) ->
        new ModernSentRequest(
            recorder,
            tools,
            (String) method,
            McpRecorder.TOOLS_CALL.equals(method) ? (String) name : null);
  }

  /**
   * Returns a finder for the method that subscribes to events; the request ends with the first
   * event.
   */
  static Finder listening(McpRecorder recorder, McpToolDecoder tools) {
    return (parameters, meta) ->
        new ModernSentRequest(recorder, tools, McpRecorder.SUBSCRIPTIONS_LISTEN, null);
  }

  @Override
  public void ended(String served, Origin origin, long nanos, Object answer, Throwable error) {
    if (error != null) {
      String counted = tool == null ? null : tools.countedAs(tool, error);
      recorder.sent(method, counted, origin, nanos, McpRecorder.errorType(error));
    } else {
      boolean failed = tool != null && saysError(answer);
      recorder.sent(method, tool, origin, nanos, failed ? McpToolDecoder.TOOL_ERROR : null);
    }
  }

  /**
   * Returns whether the result of a call, in the form that arrives over the wire, says that the
   * tool failed.
   */
  static boolean saysError(Object result) {
    return result instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("isError"));
  }
}
