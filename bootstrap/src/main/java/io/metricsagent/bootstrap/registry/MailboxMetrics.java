package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;

/**
 * Live metrics of one mailbox series: (queue, system). Recording is lock-free and allocates nothing
 * once the series has seen its octaves.
 */
public final class MailboxMetrics extends LiveSeries {
  /** A delivery count or an age that is not known. */
  public static final long UNKNOWN = -1;

  private static final int LAG = 0;
  private static final int HISTOGRAMS = 1;

  /** The tally of received messages whose delivery count is not known. */
  private static final int UNCOUNTED = 0;

  private static final int RETRIES = 1;

  /**
   * The tally of messages received for the first time; the next one is for the second time, and so
   * on.
   */
  private static final int DELIVERIES = 2;

  private static final int TALLIES = DELIVERIES + MailboxSnapshot.DELIVERY_SLOTS;

  private final Counter acked = new Counter();
  private final Counter nacked = new Counter();
  private final Counter expired = new Counter();
  private final Counter deadLettered = new Counter();
  private final Gauge depth = new Gauge();
  private final Gauge oldestAge = new Gauge();

  MailboxMetrics(String queue, String system) {
    super(queue, system, null, null);
  }

  /**
   * Records one message handed to the application.
   *
   * <p>Each delivery of a message adds {@code deliveryCount - 1} to the retries, so three
   * deliveries of one message add 0 + 1 + 2; see {@link MailboxSnapshot#retries}.
   *
   * @param deliveryCount 1 for the first delivery, or {@link #UNKNOWN}
   * @param ageNanos time since it was put into the queue, or {@link #UNKNOWN}
   */
  public void recordReceived(long deliveryCount, long ageNanos) {
    Cells cells = claim();
    try {
      if (deliveryCount == 1) {
        cells.add(DELIVERIES, 1);
      } else if (deliveryCount > 1) {
        int slot = (int) Math.min(deliveryCount, MailboxSnapshot.DELIVERY_SLOTS) - 1;
        cells.add(DELIVERIES + slot, 1);
        cells.add(RETRIES, deliveryCount - 1);
      } else {
        cells.add(UNCOUNTED, 1);
      }
      cells.recordKnown(LAG, ageNanos);
    } finally {
      cells.release();
    }
  }

  /**
   * Records {@code messages} received messages whose delivery counts and ages are not known.
   *
   * @throws IllegalArgumentException if {@code messages} is negative
   */
  public void recordReceivedBatch(long messages) {
    if (messages < 0) {
      throw new IllegalArgumentException("a batch cannot have " + messages + " messages");
    }
    Cells cells = claim();
    try {
      cells.add(UNCOUNTED, messages);
    } finally {
      cells.release();
    }
  }

  /** Records messages settled as processed. */
  public void recordAcked(long messages) {
    acked.inc(messages);
  }

  /** Records messages given back to the queue. */
  public void recordNacked(long messages) {
    nacked.inc(messages);
  }

  /** Records messages whose time to live ran out. */
  public void recordExpired(long messages) {
    expired.inc(messages);
  }

  /** Records messages moved to a dead-letter queue. */
  public void recordDeadLettered(long messages) {
    deadLettered.inc(messages);
  }

  /** Sets the number of messages that wait. */
  public void recordDepth(long messages) {
    depth.set(messages);
  }

  /** Sets the age of the oldest message in milliseconds. */
  public void recordOldestAge(long millis) {
    oldestAge.set(millis);
  }

  @Override
  Cells newCells(boolean padded) {
    return padded ? new Cells.Padded(HISTOGRAMS, TALLIES) : new Cells(HISTOGRAMS, TALLIES);
  }

  @Override
  SeriesSnapshot snapshot(Reading reading) {
    long[] deliveries = new long[MailboxSnapshot.DELIVERY_SLOTS];
    long received = reading.tally(UNCOUNTED);
    for (int i = 0; i < deliveries.length; i++) {
      deliveries[i] = reading.tally(DELIVERIES + i);
      received = Cells.saturatedSum(received, deliveries[i]);
    }
    return SeriesSnapshot.of(MailboxMeasures.KIND, first(), second())
        .histogram(MailboxMeasures.LAG, reading.histogram(LAG))
        .distribution(MailboxMeasures.DELIVERY_COUNTS, deliveries)
        .number(MailboxMeasures.RECEIVED, received)
        .number(MailboxMeasures.ACKED, acked.value())
        .number(MailboxMeasures.NACKED, nacked.value())
        .number(MailboxMeasures.EXPIRED, expired.value())
        .number(MailboxMeasures.DEAD_LETTERED, deadLettered.value())
        .number(MailboxMeasures.RETRIES, reading.tally(RETRIES))
        .number(MailboxMeasures.DEPTH, reading.gauge(depth))
        .number(MailboxMeasures.OLDEST_AGE, reading.gauge(oldestAge))
        .build();
  }
}
