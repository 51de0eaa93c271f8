package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import java.util.Arrays;
import java.util.List;

/**
 * One mailbox series by the names of its figures: what was recorded for (system, queue).
 *
 * @param series a series of the kind {@link MailboxMeasures#KIND}
 */
public record MailboxSnapshot(SeriesSnapshot series) {
  /** The number of counts in {@link #deliveryCounts}. */
  public static final int DELIVERY_SLOTS = 10;

  /** Returns the queue's name. */
  public String queueName() {
    return series.label(0);
  }

  /** Returns {@code messaging.system}, such as {@code activemq}, or {@code null}. */
  public String system() {
    return series.label(1);
  }

  /** Returns the age of messages when they were received. */
  public HistogramSnapshot queueLag() {
    return series.histogram(MailboxMeasures.LAG);
  }

  /**
   * Returns ten counts: messages at their 1st, 2nd … 9th, and 10th or later delivery; messages
   * whose delivery count is not known are in none of them.
   */
  public List<Long> deliveryCounts() {
    long[] counts = series.distribution(MailboxMeasures.DELIVERY_COUNTS);
    return Arrays.stream(Arrays.copyOf(counts, DELIVERY_SLOTS)).boxed().toList();
  }

  /** Returns the number of messages handed to the application; each delivery counts. */
  public long received() {
    return series.number(MailboxMeasures.RECEIVED);
  }

  /** Returns the number of messages settled as processed. */
  public long acked() {
    return series.number(MailboxMeasures.ACKED);
  }

  /** Returns the number of messages given back to the queue. */
  public long nacked() {
    return series.number(MailboxMeasures.NACKED);
  }

  /** Returns the number of messages whose time to live ran out. */
  public long expired() {
    return series.number(MailboxMeasures.EXPIRED);
  }

  /** Returns the number of messages moved to a dead-letter queue. */
  public long deadLettered() {
    return series.number(MailboxMeasures.DEAD_LETTERED);
  }

  /** Returns the number of tasks that a thread pool did not take. */
  public long rejected() {
    return series.number(MailboxMeasures.REJECTED);
  }

  /**
   * Returns the sum of {@code delivery_count - 1} over all deliveries whose count is known, as the
   * specification's protocol defines it. Each redelivery counts all earlier attempts of the message
   * again: a message that is delivered three times adds 0 + 1 + 2 = 3, although only two of its
   * deliveries were retries. The number of retried deliveries is the sum of {@link #deliveryCounts}
   * without its first element.
   */
  public long retries() {
    return series.number(MailboxMeasures.RETRIES);
  }

  /** Returns the number of messages that wait, or {@code null} when it is not known. */
  public Long depth() {
    return series.numberOrNull(MailboxMeasures.DEPTH);
  }

  /** Returns the age of the oldest message in milliseconds, or {@code null}. */
  public Long oldestAgeMillis() {
    return series.numberOrNull(MailboxMeasures.OLDEST_AGE);
  }

  /** Returns the number of messages whose age was negative and counts as 0. */
  public long negativeAges() {
    return series.number(MailboxMeasures.NEGATIVE_AGES);
  }

  /** Returns the number of ages that were computed from time stamps of one clock. */
  public long ages(AgeSource source) {
    return series.number(MailboxMeasures.ages(source));
  }
}
