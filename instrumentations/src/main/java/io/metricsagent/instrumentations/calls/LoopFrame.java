package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;

/**
 * A library's loop of requests and tools, or one round of tools. It records the tool phase of each
 * answer: the time from the first tool that the answer asked for to the end of the last one.
 */
public final class LoopFrame extends Frame {
  /** The series of the request that asked for the tools; {@code null} where it is not known. */
  private AdapterMetrics asker;

  /** When the first tool of the answer began; 0 if none did. */
  private long firstToolNanos;

  /** When the last tool of the answer ended; 0 if none did. */
  private long lastToolNanos;

  LoopFrame(FrameStack stack) {
    super(stack);
  }

  void begin(Frame newParent, AdapterMetrics newAsker) {
    asker = newAsker;
    firstToolNanos = 0;
    lastToolNanos = 0;
    hold(newParent, null);
  }

  /** The first tool of an answer began; unless it is known, who answered last has asked for it. */
  @Override
  public void toolBegan() {
    if (firstToolNanos == 0) {
      firstToolNanos = System.nanoTime();
      if (asker == null) {
        asker = stack.answerer();
      }
    }
  }

  @Override
  public void toolEnded(long nanos) {
    lastToolNanos = nanos;
  }

  /** The tools of an answer are over when the next request begins. */
  @Override
  public void requestBegan() {
    roundEnded();
  }

  /** Records the tool phase: the tools of an answer are over. Does nothing if there were none. */
  public void roundEnded() {
    if (lastToolNanos == 0) {
      return;
    }
    if (asker != null) {
      asker.recordTools(Math.max(0, lastToolNanos - firstToolNanos));
    }
    asker = null;
    firstToolNanos = 0;
    lastToolNanos = 0;
  }

  @Override
  void leaveOut(long nanos) {
    super.leaveOut(nanos);
    firstToolNanos = Attempts.later(firstToolNanos, nanos);
    lastToolNanos = Attempts.later(lastToolNanos, nanos);
  }

  @Override
  void letGo() {
    asker = null;
  }
}
