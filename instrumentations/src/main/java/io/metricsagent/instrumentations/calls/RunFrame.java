package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.events.Run;

/**
 * The method that began a run, until it returns. All calls within it belong to the run, and so do
 * calls on other threads that the run is handed to; the run may end long after the method.
 */
public final class RunFrame extends Frame {
  private boolean deferred;

  private RunFrame(FrameStack stack) {
    super(stack);
  }

  static Frame of(FrameStack stack) {
    return new RunFrame(stack);
  }

  void begin(Frame newParent, Run run) {
    deferred = false;
    hold(newParent, null);
    belongsTo(run);
  }

  /** The method returns an object that will begin runs; the method itself is none. */
  public void deferred() {
    deferred = true;
  }

  /** Returns whether the method returns an object that will begin runs. */
  public boolean isDeferred() {
    return deferred;
  }

  @Override
  void letGo() {
    // The frame has only what every frame has.
  }
}
