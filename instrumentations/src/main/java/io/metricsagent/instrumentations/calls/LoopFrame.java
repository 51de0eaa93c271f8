package io.metricsagent.instrumentations.calls;

import io.metricsagent.bootstrap.registry.AdapterMetrics;

/**
 * A library's loop of requests and tools, or one round of tools. It records the tool phase of each
 * answer: the time from the first tool that the answer asked for to the end of the last one.
 */
public final class LoopFrame extends Frame {
  /** The series of the request that asked for the tools; {@code null} if it is not known. */
  private AdapterMetrics asker;

  /** When the first tool of the answer began; 0 if no tool has begun. */
  private long firstToolNanos;

  /** When the last tool of the answer ended; 0 if no tool has ended. */
  private long lastToolNanos;

  LoopFrame(FrameStack stack) {
    super(stack);
  }

  void begin(long now, Frame newParent, AdapterMetrics newAsker) {
    ready();
    asker = newAsker;
    firstToolNanos = 0;
    lastToolNanos = 0;
    hold(now, newParent, null);
  }

  /**
   * At the first tool of an answer, takes the request whose answer arrived last as the one that
   * asked for the tools, unless the asking request is known.
   */
  @Override
  public void toolBegan(long nanos) {
    if (firstToolNanos == 0) {
      firstToolNanos = nanos;
      if (asker == null) {
        asker = stack.lastAnswer().series();
      }
    }
  }

  @Override
  public void toolEnded(long nanos) {
    lastToolNanos = nanos;
  }

  /** The next request ends the tool phase of the answer before it. */
  @Override
  public void requestBegan() {
    roundEnded();
  }

  /**
   * Records the tool phase of an answer whose tools have all ended; does nothing if there were no
   * tools.
   */
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
