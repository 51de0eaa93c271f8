package io.metricsagent.bootstrap.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One mailbox series: what was recorded for (system, queue).
 *
 * @param queueName the queue's name
 * @param system {@code messaging.system}, such as {@code activemq}, or {@code null} when it is not
 *     known
 * @param queueLag age of messages when they were received
 * @param deliveryCounts ten counts: messages at their 1st, 2nd … 9th, and 10th or later delivery;
 *     messages whose count is not known are in none
 * @param received messages handed to the application, once each delivery
 * @param acked messages settled as processed
 * @param nacked messages given back to the queue
 * @param expired messages whose time to live ran out
 * @param deadLettered messages moved to a dead-letter queue
 * @param retries the sum of {@code delivery_count - 1} over all deliveries whose count is known, as
 *     the specification's protocol adds it up. This counts the earlier attempts of a message again
 *     at each redelivery: a message that is delivered three times adds 0 + 1 + 2 = 3, although two
 *     of its deliveries were retries. The number of such deliveries is the sum of {@code
 *     deliveryCounts} without its first slot
 * @param depth messages waiting, or {@code null} when it is not known
 * @param oldestAgeMillis age of the oldest message in milliseconds, or {@code null} when it is not
 *     known
 */
public record MailboxSnapshot(
    String queueName,
    String system,
    HistogramSnapshot queueLag,
    List<Long> deliveryCounts,
    long received,
    long acked,
    long nacked,
    long expired,
    long deadLettered,
    long retries,
    Long depth,
    Long oldestAgeMillis) {
  /** Slots of {@code deliveryCounts}. */
  public static final int DELIVERY_SLOTS = 10;

  /** Copies {@code deliveryCounts}. */
  public MailboxSnapshot {
    deliveryCounts = List.copyOf(deliveryCounts);
    if (deliveryCounts.size() != DELIVERY_SLOTS) {
      throw new IllegalArgumentException(
          "expected " + DELIVERY_SLOTS + " delivery counts, got " + deliveryCounts.size());
    }
  }

  SeriesKey key() {
    return new SeriesKey(queueName, system, null, null);
  }

  /** Returns whether nothing was recorded and nothing is known. */
  boolean isIdle() {
    return received == 0
        && acked == 0
        && nacked == 0
        && expired == 0
        && deadLettered == 0
        && retries == 0
        && deliveryCounts.stream().allMatch(count -> count == 0)
        && queueLag.isEmpty()
        && depth == null
        && oldestAgeMillis == null;
  }

  /**
   * Adds counts; of two workers' view of one queue the larger depth and age are kept, since both
   * look at the same queue.
   */
  MailboxSnapshot plus(MailboxSnapshot other) {
    return new MailboxSnapshot(
        queueName,
        system,
        queueLag.plus(other.queueLag),
        combine(deliveryCounts, other.deliveryCounts, 1),
        received + other.received,
        acked + other.acked,
        nacked + other.nacked,
        expired + other.expired,
        deadLettered + other.deadLettered,
        retries + other.retries,
        larger(depth, other.depth),
        larger(oldestAgeMillis, other.oldestAgeMillis));
  }

  MailboxSnapshot minus(MailboxSnapshot earlier) {
    return new MailboxSnapshot(
        queueName,
        system,
        queueLag.minus(earlier.queueLag),
        combine(deliveryCounts, earlier.deliveryCounts, -1),
        received - earlier.received,
        acked - earlier.acked,
        nacked - earlier.nacked,
        expired - earlier.expired,
        deadLettered - earlier.deadLettered,
        retries - earlier.retries,
        depth,
        oldestAgeMillis);
  }

  private static List<Long> combine(List<Long> a, List<Long> b, int sign) {
    List<Long> result = new ArrayList<>(Collections.nCopies(DELIVERY_SLOTS, 0L));
    for (int i = 0; i < DELIVERY_SLOTS; i++) {
      result.set(i, a.get(i) + sign * b.get(i));
    }
    return result;
  }

  private static Long larger(Long a, Long b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : Long.valueOf(Math.max(a, b));
  }
}
