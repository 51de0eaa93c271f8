package io.metricsagent.instrumentations.calls;

import io.metricsagent.instrumentations.events.Run;

/**
 * The method that began a run, until it returns. All calls within it belong to the run, and so do
 * calls on other threads that the run is handed to; the run may end long after the method.
 */
public final class RunFrame extends Frame {
  private boolean deferred;
  private Object passedAlong;

  private RunFrame(FrameStack stack) {
    super(stack);
  }

  static Frame of(FrameStack stack) {
    return new RunFrame(stack);
  }

  void begin(long now, Frame newParent, Run run) {
    ready();
    deferred = false;
    passedAlong = null;
    hold(now, newParent, null);
    belongsTo(run);
  }

  /**
   * The method returns an object that will begin runs; the method itself is none.
   *
   * @param newPassedAlong the object that the library passes along with the work of these runs, or
   *     {@code null}
   */
  public void deferred(Object newPassedAlong) {
    deferred = true;
    passedAlong = newPassedAlong;
  }

  /** Returns whether the method returns an object that will begin runs. */
  public boolean isDeferred() {
    return deferred;
  }

  /** Returns what {@link #deferred} was told. */
  public Object passedAlong() {
    return passedAlong;
  }

  @Override
  Frame apartFromRuns() {
    return parent == null ? null : parent.apartFromRuns();
  }

  @Override
  void letGo() {
    passedAlong = null;
  }
}
