package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.protocol.Exchange;
import java.util.Map;

/** A request that a server of the second stack receives. */
final class ModernReceivedRequest implements Exchange {
  private static final String RESPONSE = "JSONRPCResponse";
  private static final Accessor METHOD = Accessor.path("method()");
  private static final Accessor PARAMETERS = Accessor.path("params()");
  private static final Accessor TOOL = Accessor.path("primitiveName()");
  private static final Accessor ANSWER = Accessor.path("response()");
  private static final Accessor ERROR_CODE = Accessor.path("error().code()");
  private static final Accessor RESULT = Accessor.path("result()");

  private final McpRecorder recorder;
  private final FoundTools found;
  private final String method;
  private final String name;
  private final boolean streamed;

  private ModernReceivedRequest(
      McpRecorder recorder, FoundTools found, String method, String name, boolean streamed) {
    this.recorder = recorder;
    this.found = found;
    this.method = method;
    this.name = name;
    this.streamed = streamed;
  }

  /** Returns a finder for methods whose second argument is a {@code JSONRPCRequest}. */
  static Finder finder(McpRecorder recorder, FoundTools found) {
    return (context, request) ->
        new ModernReceivedRequest(
            recorder,
            found,
            METHOD.readString(request),
            PARAMETERS.read(request) instanceof Map<?, ?> map && map.get("name") instanceof String s
                ? s
                : null,
            false);
  }

  /** Returns a finder for the method that makes a stream of messages for a request's context. */
  static Finder streamed(McpRecorder recorder, FoundTools found) {
    return (context, body) ->
        new ModernReceivedRequest(
            recorder, found, METHOD.readString(context), TOOL.readString(context), true);
  }

  /** Returns whether a message of a stream is the answer. */
  @Override
  public boolean isAnswer(Object value) {
    return !streamed || value.getClass().getSimpleName().equals(RESPONSE);
  }

  /** Records the request, unless the answer is a stream: then the stream records it. */
  @Override
  public void ended(String served, Origin origin, long nanos, Object answer, Throwable error) {
    if (error == null
        && (answer == null
            || answer.getClass().getSimpleName().equals(ModernToolDecoder.STREAMING))) {
      return;
    }
    String tool = McpRecorder.TOOLS_CALL.equals(method) ? found.countedAs(name) : null;
    String errorType = error == null ? errorType(answer) : McpRecorder.answeredErrorType(error);
    recorder.received(method, tool, origin, nanos, errorType);
    if (streamed && tool != null) {
      recorder.ran(tool, origin, nanos, errorType);
    }
  }

  private static String errorType(Object answer) {
    Object inner = ANSWER.read(answer);
    Object response = inner == null ? answer : inner;
    if (ERROR_CODE.read(response) instanceof Integer code) {
      return code.toString();
    }
    return ModernSentRequest.saysError(RESULT.read(response)) ? McpToolDecoder.TOOL_ERROR : null;
  }
}
