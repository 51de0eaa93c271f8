package io.metricsagent.instrumentations.mailboxes;

/**
 * Knows how many messages wait in some queues, or how old the oldest of them is: a table of
 * unsettled messages, or a client whose own metrics say it.
 */
public interface LevelSource {
  /**
   * Tells what is known now; what is not told is unknown. Runs on the thread that takes a snapshot,
   * so it must not call anything that waits without a short limit, sends a request, or belongs to
   * the thread of the application. It may throw.
   */
  void sample(LevelSample into);
}
