package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.protocol.Exchange;

/** A request that a client or a server of the Java SDK sends. */
final class SentRequest implements Exchange {
  private static final Accessor IS_ERROR = Accessor.path("isError()");

  private final McpRecorder recorder;
  private final McpToolDecoder tools;
  private final String method;
  private final String tool;

  private SentRequest(McpRecorder recorder, McpToolDecoder tools, String method, String tool) {
    this.recorder = recorder;
    this.tools = tools;
    this.method = method;
    this.tool = tool;
  }

  /** Returns a finder for {@code sendRequest(method, parameters, …)}. */
  static Finder finder(McpRecorder recorder, McpToolDecoder tools) {
    return (method, parameters) ->
        new SentRequest(
            recorder,
            tools,
            (String) method,
            McpRecorder.TOOLS_CALL.equals(method) ? tools.name(null, parameters) : null);
  }

  @Override
  public void ended(String served, Origin origin, long nanos, Object answer, Throwable error) {
    if (error != null) {
      String counted = tool == null ? null : tools.countedAs(tool, error);
      recorder.sent(method, counted, origin, nanos, McpRecorder.errorType(error));
    } else {
      boolean failed = tool != null && Boolean.TRUE.equals(IS_ERROR.read(answer));
      recorder.sent(method, tool, origin, nanos, failed ? McpToolDecoder.TOOL_ERROR : null);
    }
  }
}
