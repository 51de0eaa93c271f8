package io.metricsagent.agent.flush;

/**
 * What the agent's thread does between flushes. Called on that thread only; absorbs its own faults.
 */
public interface Chore {
  /**
   * Returns when there is something to do, in the nanoseconds of {@link System#nanoTime}. If that
   * is after the next flush, it is asked again after the flush.
   */
  long dueNanos();

  /** Does what is due, which must not take long. */
  void run();
}
