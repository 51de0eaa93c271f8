package io.metricsagent.instrumentations.calls;

/**
 * A layer above clients that may be measured themselves. Requests directly within the layer tell it
 * that they begin, until the layer is over.
 */
public final class LayerFrame extends Frame {
  private Object argument;
  private boolean recorded;
  private boolean over;
  private OpenAnswer answer;

  LayerFrame(FrameStack stack) {
    super(stack);
  }

  void begin(long now, Frame newParent, Object newSelf, Object newArgument) {
    ready();
    argument = newArgument;
    recorded = false;
    over = false;
    hold(now, newParent, newSelf);
  }

  /** Returns the argument that the layer was called with, or {@code null}. */
  public Object argument() {
    return argument;
  }

  /** Returns whether a request within the layer is recorded in place of the layer. */
  public boolean isRecorded() {
    return recorded;
  }

  /**
   * Returns the answer of the request within the layer; {@code null} if that request has no answer
   * to read later.
   */
  public OpenAnswer answer() {
    return answer;
  }

  /** Returns whether the layer is over: a request that begins within it now is not part of it. */
  public boolean isOver() {
    return over;
  }

  /**
   * Ends the layer's interest: requests that begin within the layer from now on are not part of it.
   */
  public void over() {
    over = true;
  }

  @Override
  public void requestBegan() {
    if (!over) {
      recorded = true;
    }
  }

  @Override
  public void answerBegan(OpenAnswer newAnswer) {
    if (!over) {
      answer = newAnswer;
    }
  }

  /**
   * A detached layer keeps its answer, because its reader may ask for the answer after the layer's
   * end.
   */
  @Override
  void letGo() {
    argument = null;
    if (!isDetached()) {
      answer = null;
    }
  }
}
