package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.measures.MailboxMeasures;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.bootstrap.snapshot.SeriesBuilder;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.util.concurrent.TimeUnit;

/**
 * Live metrics of one mailbox series: (queue, system). Recording is lock-free and allocates nothing
 * once the series has seen its octaves and error types.
 */
public final class MailboxMetrics extends CallSeries {
  /** A delivery count or an age that is not known. */
  public static final long UNKNOWN = -1;

  private static final int LAG = 0;
  private static final int RECEIVE = 1;
  private static final int SETTLE = 2;
  private static final int PROCESS = 3;

  /** How many operations are timed. */
  private static final int OPERATIONS = 3;

  /** How many histograms there are at first: the others are made where operations are timed. */
  private static final int HISTOGRAMS = 1;

  /** The tally of received messages whose delivery count is not known. */
  private static final int UNCOUNTED = 0;

  private static final int RETRIES = 1;

  /**
   * The tally of messages received for the first time; the next one is for the second time, and so
   * on.
   */
  private static final int DELIVERIES = 2;

  /** The tally of ages that were negative and count as 0. */
  private static final int NEGATIVE_AGES = DELIVERIES + MailboxSnapshot.DELIVERY_SLOTS;

  /** The tally of ages by the first {@link AgeSource}; the next one is by the second, and so on. */
  private static final int AGES = NEGATIVE_AGES + 1;

  private static final AgeSource[] AGE_SOURCES = AgeSource.values();
  private static final int TALLIES = AGES + AGE_SOURCES.length;

  private final Counter acked = new Counter();
  private final Counter nacked = new Counter();
  private final Counter expired = new Counter();
  private final Counter deadLettered = new Counter();
  private final Counter rejected = new Counter();
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
    record(1, deliveryCount, ageNanos, false, null);
  }

  /**
   * Records one message handed to the application whose age is known.
   *
   * @param deliveryCount 1 for the first delivery, or {@link #UNKNOWN}
   * @param ageNanos time since it was put into the queue, or {@link #UNKNOWN}
   * @param source the clock that the age is from
   */
  public void recordReceived(long deliveryCount, long ageNanos, AgeSource source) {
    record(1, deliveryCount, ageNanos, false, source);
  }

  /**
   * Records messages handed to the application that have the same time stamp and delivery count. An
   * age that the two clocks make negative counts as 0, and is counted.
   *
   * @param messages how many; 0 or less records nothing
   * @param deliveryCount 1 for the first delivery, or {@link #UNKNOWN}
   * @param sentMillis the time stamp in milliseconds of the epoch; not known if it is 0 or less
   * @param nowMillis the time of the receiver in milliseconds of the epoch
   * @param source the clock that set the time stamp
   */
  public void recordDelivered(
      int messages, long deliveryCount, long sentMillis, long nowMillis, AgeSource source) {
    if (sentMillis <= 0) {
      record(messages, deliveryCount, UNKNOWN, false, null);
    } else {
      long ageMillis = nowMillis - sentMillis;
      record(
          messages,
          deliveryCount,
          TimeUnit.MILLISECONDS.toNanos(Math.max(0, ageMillis)),
          ageMillis < 0,
          source);
    }
  }

  private void record(
      int messages, long deliveryCount, long ageNanos, boolean negative, AgeSource source) {
    if (messages <= 0) {
      return;
    }
    Cells cells = claim();
    try {
      if (deliveryCount >= 1) {
        int slot = (int) Math.min(deliveryCount, MailboxSnapshot.DELIVERY_SLOTS) - 1;
        cells.add(DELIVERIES + slot, messages);
        if (deliveryCount > 1) {
          cells.add(RETRIES, Cells.saturatedProduct(deliveryCount - 1, messages));
        }
      } else {
        cells.add(UNCOUNTED, messages);
      }
      if (ageNanos >= 0) {
        cells.record(LAG, ageNanos, messages);
        if (source != null) {
          cells.add(AGES + source.ordinal(), messages);
        }
        if (negative) {
          cells.add(NEGATIVE_AGES, messages);
        }
      }
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

  /**
   * Records how long a call took that got at least one message, or failed.
   *
   * @param errorType {@code null} for success
   */
  public void recordReceiveDuration(long nanos, String errorType) {
    recordOperation(RECEIVE, nanos, errorType);
  }

  /**
   * Records how long a call took that settled messages, or failed to.
   *
   * @param errorType {@code null} for success
   */
  public void recordSettleDuration(long nanos, String errorType) {
    recordOperation(SETTLE, nanos, errorType);
  }

  /**
   * Records how long a listener took for what it was called with.
   *
   * @param errorType {@code null} for success
   */
  public void recordProcessDuration(long nanos, String errorType) {
    recordOperation(PROCESS, nanos, errorType);
  }

  private void recordOperation(int operation, long nanos, String errorType) {
    record(outcome(errorType, operation, operation + OPERATIONS, OPERATIONS), nanos);
  }

  private Outcomes operation(Reading reading, int operation) {
    return outcomes(
        reading, operation, HistogramSnapshot.EMPTY, operation + OPERATIONS, OPERATIONS);
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

  /** Records tasks that a thread pool did not take. */
  public void recordRejected(long tasks) {
    rejected.inc(tasks);
  }

  /** Sets the number of messages that wait. */
  public void recordDepth(long messages) {
    depth.set(messages);
  }

  /** Sets the age of the oldest message in milliseconds. */
  public void recordOldestAge(long millis) {
    oldestAge.set(millis);
  }

  /** Makes the number of messages that wait unknown. */
  public void forgetDepth() {
    depth.clear();
  }

  /** Makes the age of the oldest message unknown. */
  public void forgetOldestAge() {
    oldestAge.clear();
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
    SeriesBuilder series = SeriesSnapshot.of(MailboxMeasures.KIND, first(), second());
    for (AgeSource source : AGE_SOURCES) {
      series.number(MailboxMeasures.ages(source), reading.tally(AGES + source.ordinal()));
    }
    return series
        .histogram(MailboxMeasures.LAG, reading.histogram(LAG))
        .distribution(MailboxMeasures.DELIVERY_COUNTS, deliveries)
        .outcomes(MailboxMeasures.RECEIVE_DURATION, operation(reading, RECEIVE))
        .outcomes(MailboxMeasures.SETTLE_DURATION, operation(reading, SETTLE))
        .outcomes(MailboxMeasures.PROCESS_DURATION, operation(reading, PROCESS))
        .number(MailboxMeasures.RECEIVED, received)
        .number(MailboxMeasures.CONSUMED, received)
        .number(MailboxMeasures.ACKED, acked.value())
        .number(MailboxMeasures.NACKED, nacked.value())
        .number(MailboxMeasures.EXPIRED, expired.value())
        .number(MailboxMeasures.DEAD_LETTERED, deadLettered.value())
        .number(MailboxMeasures.RETRIES, reading.tally(RETRIES))
        .number(MailboxMeasures.DEPTH, reading.gauge(depth))
        .number(MailboxMeasures.OLDEST_AGE, reading.gauge(oldestAge))
        .number(MailboxMeasures.REJECTED, rejected.value())
        .number(MailboxMeasures.NEGATIVE_AGES, reading.tally(NEGATIVE_AGES))
        .build();
  }
}
