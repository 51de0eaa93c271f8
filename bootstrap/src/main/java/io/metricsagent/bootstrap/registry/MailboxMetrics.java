package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Live metrics of one mailbox series: (queue, system). Recording is lock-free and allocates nothing
 * once the series has seen its octaves.
 */
public final class MailboxMetrics extends LiveSeries<MailboxSnapshot> {
  /** A delivery count or an age that is not known. */
  public static final long UNKNOWN = -1;

  /** Messages that are fully recorded; those received are the ones whose recording has started. */
  private final Counter recorded = new Counter();

  private final Counter acked = new Counter();
  private final Counter nacked = new Counter();
  private final Counter expired = new Counter();
  private final Counter deadLettered = new Counter();
  private final Counter retries = new Counter();
  private final LazyHistogram lag = new LazyHistogram();
  private final Counter[] deliveries = new Counter[MailboxSnapshot.DELIVERY_SLOTS];
  private final Gauge depth = new Gauge();
  private final Gauge oldestAge = new Gauge();

  MailboxMetrics(String queue, String system) {
    super(queue, system, null, null);
    for (int i = 0; i < deliveries.length; i++) {
      deliveries[i] = new Counter();
    }
  }

  /**
   * Records one message handed to the application.
   *
   * <p>A message adds {@code deliveryCount - 1} to the retries each time it is delivered, so that
   * its third delivery counts its second one again; see {@link MailboxSnapshot#retries}.
   *
   * @param deliveryCount 1 for the first delivery, or {@link #UNKNOWN}
   * @param ageNanos time since it was put into the queue, or {@link #UNKNOWN}
   */
  public void recordReceived(long deliveryCount, long ageNanos) {
    begin(1);
    if (deliveryCount >= 1) {
      deliveries[(int) Math.min(deliveryCount, deliveries.length) - 1].inc();
      retries.inc(deliveryCount - 1);
    }
    lag.recordKnown(ageNanos);
    recorded.inc();
  }

  /** Records {@code messages} messages of which nothing else is known. */
  public void recordReceivedBatch(long messages) {
    begin(messages);
    recorded.inc(messages);
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
  long finished() {
    return recorded.value();
  }

  @Override
  MailboxSnapshot read() {
    List<Long> counts = new ArrayList<>(deliveries.length);
    for (Counter delivery : deliveries) {
      counts.add(delivery.value());
    }
    return new MailboxSnapshot(
        first(),
        second(),
        lag.read(),
        counts,
        started(),
        acked.value(),
        nacked.value(),
        expired.value(),
        deadLettered.value(),
        retries.value(),
        depth.value(),
        oldestAge.value());
  }

  @Override
  void clear() {
    lag.clearExtremes();
    depth.clear();
    oldestAge.clear();
  }
}
