package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One partition of one consumer: what was delivered and not yet committed. Lock-free: the thread
 * that polls delivers, and the client's own thread may report a commit meanwhile.
 */
sealed class PartitionState permits ListenerPartition {
  private final MailboxMetrics mailbox;
  private final AtomicReference<DeliveredOffsets> delivered =
      new AtomicReference<>(DeliveredOffsets.NONE);

  /** Whether the application has set the position since the last delivery. */
  private volatile boolean sought;

  PartitionState(MailboxMetrics mailbox) {
    this.mailbox = mailbox;
  }

  MailboxMetrics mailbox() {
    return mailbox;
  }

  /**
   * The application sets the position at which the next delivery begins.
   *
   * @param offset the position, or -1 if it is unknown
   */
  void sought(long offset) {
    sought = true;
  }

  /**
   * Prepares for a delivery that begins at an offset. Messages from there on that are not committed
   * are delivered again: if the application sought the position, it has given them back; else they
   * came back by a rebalance, and nothing is said about them.
   */
  void deliveryBegins(long first) {
    boolean back = sought;
    sought = false;
    while (true) {
      DeliveredOffsets before = delivered.get();
      if (before.endBefore(first)) {
        return;
      }
      DeliveredOffsets kept = before.until(first);
      long again = before.size() - kept.size();
      if (again == 0) {
        return;
      }
      if (delivered.compareAndSet(before, kept)) {
        if (back) {
          Outcome.NACKED.record(mailbox, again);
        }
        return;
      }
    }
  }

  /** Adds a run of messages without a gap. */
  void delivered(long first, long last, long messages, long sentMillis) {
    DeliveredOffsets before = delivered.get();
    while (!delivered.compareAndSet(before, before.with(first, last, messages, sentMillis))) {
      before = delivered.get();
    }
  }

  /** Adds all runs of a delivery that has gaps. */
  void delivered(DeliveredOffsets.Runs delivery) {
    DeliveredOffsets before = delivered.get();
    while (!delivered.compareAndSet(before, before.with(delivery))) {
      before = delivered.get();
    }
  }

  /** Settles what is before a committed offset; a commit that is repeated settles nothing. */
  void committed(long offset) {
    while (true) {
      DeliveredOffsets before = delivered.get();
      long messages = before.before(offset);
      if (messages == 0) {
        return;
      }
      if (delivered.compareAndSet(before, before.from(offset))) {
        Outcome.ACKED.record(mailbox, messages);
        return;
      }
    }
  }

  /** Forgets what is not committed: the partition belongs to another consumer now, or to none. */
  void forget() {
    delivered.set(DeliveredOffsets.NONE);
  }

  DeliveredOffsets unsettled() {
    return delivered.get();
  }

  /** Returns when the oldest message was sent that is not settled; 0 or less if unknown. */
  long oldestSentMillis() {
    return delivered.get().oldestSentMillis();
  }

  /** Returns how many messages the client has fetched that the application has not got. */
  long waiting() {
    return 0;
  }

  /** Replaces what is not settled, unless another thread has; returns whether it was replaced. */
  final boolean replace(DeliveredOffsets before, DeliveredOffsets after) {
    return delivered.compareAndSet(before, after);
  }
}
