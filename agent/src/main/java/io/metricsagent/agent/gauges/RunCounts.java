package io.metricsagent.agent.gauges;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts events of the last seven days, by the hour. Not thread-safe. */
final class RunCounts {
  static final int HOURS = 7 * 24;

  private static final long MILLIS_PER_HOUR = 3_600_000;

  /** By the hour since 1970, the oldest first; at most {@value #HOURS} of them. */
  private final Deque<long[]> hours = new ArrayDeque<>();

  private long sum;

  /**
   * Counts an event.
   *
   * @param epochMillis when it happened; of a time before the newest one the newest hour counts
   */
  void add(long epochMillis) {
    long hour = Math.floorDiv(epochMillis, MILLIS_PER_HOUR);
    long[] newest = hours.peekLast();
    if (newest == null || newest[0] < hour) {
      newest = new long[] {hour, 0};
      hours.addLast(newest);
    }
    newest[1]++;
    sum++;
    forget(hour);
  }

  /** Returns the number of events of the seven days before a time. */
  long count(long epochMillis) {
    forget(Math.floorDiv(epochMillis, MILLIS_PER_HOUR));
    return sum;
  }

  private void forget(long hour) {
    while (!hours.isEmpty() && hours.peekFirst()[0] <= hour - HOURS) {
      sum -= hours.removeFirst()[1];
    }
  }
}
