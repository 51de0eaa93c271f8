package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How often a listener container has delivered the messages of one partition to its listener, as
 * Spring counts attempts: from 1 since the consumer got the partition. Keeps only messages that
 * were delivered again and are not committed, and {@value #MAX_MESSAGES} of them at most. Not
 * thread-safe.
 */
final class DeliveryCounts {
  static final int MAX_MESSAGES = 10_000;

  /** The offset after the last message that was delivered for the first time. */
  private long highest;

  private final NavigableMap<Long, Integer> again = new TreeMap<>();

  /**
   * Counts a delivery.
   *
   * @param committed the offset that was committed last; a message before it is read once more
   *     after it was settled, so its earlier deliveries are not known
   * @return 1 for the first delivery; {@link MailboxMetrics#UNKNOWN} if it is not known
   */
  long of(long offset, long committed) {
    if (offset >= highest) {
      highest = offset + 1;
      if (!again.isEmpty()) {
        again.headMap(committed).clear();
      }
      return 1;
    }
    if (offset < committed) {
      return MailboxMetrics.UNKNOWN;
    }
    Integer before = again.get(offset);
    if (before == null && again.size() >= MAX_MESSAGES) {
      return MailboxMetrics.UNKNOWN;
    }
    int count = before == null ? 2 : before + 1;
    again.put(offset, count);
    return count;
  }

  /** Returns how many messages are kept. */
  int size() {
    return again.size();
  }
}
