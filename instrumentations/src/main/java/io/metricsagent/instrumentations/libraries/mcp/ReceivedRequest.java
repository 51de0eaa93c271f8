package io.metricsagent.instrumentations.libraries.mcp;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.protocol.Exchange;

/** A request that a server or a client of the Java SDK receives. */
final class ReceivedRequest implements Exchange {
  static final String INITIALIZE = "initialize";
  private static final String RESPONSE = "JSONRPCResponse";
  private static final Accessor METHOD = Accessor.path("method()");
  private static final Accessor ERROR_CODE = Accessor.path("error().code()");
  private static final Accessor IS_ERROR = Accessor.path("result().isError()");

  private final McpRecorder recorder;
  private final String method;

  /** The answer that was sent over a transport, for methods that do not return the answer. */
  private volatile Object sentBack;

  private ReceivedRequest(McpRecorder recorder, String method) {
    this.recorder = recorder;
    this.method = method;
  }

  /** Returns a finder for methods whose first argument is a {@code JSONRPCRequest}. */
  static Finder first(McpRecorder recorder) {
    return (request, other) -> of(recorder, request);
  }

  /** Returns a finder for methods whose second argument is a {@code JSONRPCRequest}. */
  static Finder second(McpRecorder recorder) {
    return (other, request) -> new ReceivedRequest(recorder, METHOD.readString(request));
  }

  /** Returns a finder for the method that begins a session, whatever the transport. */
  static Finder initialize(McpRecorder recorder) {
    return (request, other) -> new ReceivedRequest(recorder, INITIALIZE);
  }

  /**
   * Returns the request, or {@code null} for the request that begins a session, which {@link
   * #initialize} measures.
   */
  private static ReceivedRequest of(McpRecorder recorder, Object request) {
    String method = METHOD.readString(request);
    return INITIALIZE.equals(method) ? null : new ReceivedRequest(recorder, method);
  }

  /** Returns a proxy around the transport, which sees the answer. */
  @Override
  public Object replaced(Object transport) {
    return transport == null
        ? null
        : new StandIn(transport) {
          @Override
          protected void calling(String called, Object[] args) {
            if (called.equals("sendMessage")
                && args[0] != null
                && args[0].getClass().getSimpleName().equals(RESPONSE)) {
              sentBack = args[0];
            }
          }
        }.as("McpStreamableServerTransport");
  }

  @Override
  public void ended(String tool, Origin origin, long nanos, Object answer, Throwable error) {
    String errorType =
        error == null
            ? errorType(answer == null ? sentBack : answer)
            : McpRecorder.answeredErrorType(error);
    recorder.received(method, tool, origin, nanos, errorType);
  }

  private static String errorType(Object answer) {
    if (ERROR_CODE.read(answer) instanceof Integer code) {
      return code.toString();
    }
    return Boolean.TRUE.equals(IS_ERROR.read(answer)) ? McpToolDecoder.TOOL_ERROR : null;
  }
}
