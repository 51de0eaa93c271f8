package io.metricsagent.instrumentations.calls;

/** One attempt on the wire within a request. */
public final class AttemptFrame extends Frame {
  private RequestFrame request;
  private Object options;

  AttemptFrame(FrameStack stack) {
    super(stack);
  }

  void begin(long now, Frame newParent, RequestFrame newRequest, Object newOptions) {
    ready();
    request = newRequest;
    options = newOptions;
    hold(now, newParent, null);
  }

  /** Returns the outermost frame of the request that the attempt belongs to. */
  public RequestFrame request() {
    return request;
  }

  /** Returns the object by which the library identifies the request, or {@code null}. */
  public Object options() {
    return options;
  }

  @Override
  public RequestFrame openRequest() {
    return request != null && request.isOpen() ? request : null;
  }

  @Override
  void letGo() {
    request = null;
    options = null;
  }
}
