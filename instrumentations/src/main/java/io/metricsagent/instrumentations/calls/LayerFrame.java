package io.metricsagent.instrumentations.calls;

/**
 * A layer above clients that may be measured themselves. It hears of the requests right within it
 * until it is over.
 */
public final class LayerFrame extends Frame {
  private Object argument;
  private boolean recorded;
  private boolean over;
  private OpenAnswer answer;

  LayerFrame(FrameStack stack) {
    super(stack);
  }

  void begin(Frame newParent, Object newSelf, Object newArgument) {
    argument = newArgument;
    recorded = false;
    over = false;
    hold(newParent, newSelf);
  }

  /** Returns the request that the layer was called with, or {@code null}. */
  public Object argument() {
    return argument;
  }

  /** Returns whether a request within the layer records what the layer would. */
  public boolean isRecorded() {
    return recorded;
  }

  /** Returns the answer of the request within the layer; {@code null} if that is none to read. */
  public OpenAnswer answer() {
    return answer;
  }

  /** Returns whether requests that begin within the layer from now on are none of its own. */
  public boolean isOver() {
    return over;
  }

  /** Requests that begin within the layer from now on are none of its own. */
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

  /** A detached layer keeps its answer: who reads it may ask for it after the layer's end. */
  @Override
  void letGo() {
    argument = null;
    if (!isDetached()) {
      answer = null;
    }
  }
}
