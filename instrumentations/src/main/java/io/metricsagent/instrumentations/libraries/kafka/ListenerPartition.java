package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * One partition of a consumer that a listener container of Spring polls. What is not settled is
 * divided by an offset: what is before it was handed to the listener, and what follows waits in the
 * container, where it may never be handed over, or be fetched once more first.
 *
 * <p>A delivery whose listener failed is given back when the container seeks back or hands the
 * message over again. If the message's offset is committed instead, the container has given the
 * message up, and it is dead-lettered, unless it went to a topic for retries.
 *
 * <p>One thread, that of the container, calls all methods, except that any thread may report a
 * commit or a failure, or read. Lock-free. A message that is handed over allocates nothing, unless
 * it comes again.
 */
final class ListenerPartition extends PartitionState {
  /** The offset after the last message that was handed over. */
  private volatile long next;

  /** The offset that was committed last. */
  private volatile long committed;

  /** Messages whose last delivery failed; few, as the container commits or seeks soon. */
  private final NavigableSet<Long> failed = new ConcurrentSkipListSet<>();

  private final DeliveryCounts counts = new DeliveryCounts();

  ListenerPartition(MailboxMetrics mailbox) {
    super(mailbox);
  }

  /** Prepares for records that a poll has fetched: what follows the first of them comes anew. */
  @Override
  void deliveryBegins(long first) {
    DeliveredOffsets before = unsettled();
    while (!before.endBefore(first) && !replace(before, before.until(first))) {
      before = unsettled();
    }
    if (first < next) {
      next = first;
      failed.tailSet(first).clear();
    }
  }

  /**
   * The listener gets a message; returns which delivery of it this is, or {@link
   * MailboxMetrics#UNKNOWN}.
   */
  long handedOver(long offset) {
    if (offset < next) {
      giveBack(offset);
    } else if (offset > next) {
      forgetUpTo(offset);
    }
    next = offset + 1;
    return counts.of(offset, committed);
  }

  /** Forgets messages that the container has left out. */
  private void forgetUpTo(long offset) {
    DeliveredOffsets before = unsettled();
    while (before.before(offset) > before.before(next)
        && !replace(before, before.without(next, offset))) {
      before = unsettled();
    }
  }

  @Override
  void sought(long offset) {
    if (offset >= 0) {
      giveBack(offset);
    }
  }

  /** Gives all deliveries from an offset on back: the listener will get these messages again. */
  private void giveBack(long offset) {
    long end = next;
    if (offset >= end) {
      return;
    }
    next = offset;
    DeliveredOffsets before = unsettled();
    // A commit that has read the higher offset fails, because it finds another object.
    while (!replace(before, before.copy())) {
      before = unsettled();
    }
    failed.tailSet(offset).clear();
    Outcome.NACKED.record(mailbox(), before.before(end) - before.before(offset));
  }

  /** The listener has failed with a message; ignored if the message is settled already. */
  void failed(long offset) {
    DeliveredOffsets now = unsettled();
    if (offset < next && now.before(offset + 1) > now.before(offset)) {
      failed.add(offset);
    }
  }

  /** A message with which the listener failed was sent to a topic from where it is retried. */
  void passedOn(long offset) {
    failed.remove(offset);
  }

  /** A message was sent to a topic of dead letters by a consumer that never commits. */
  void givenUp(long offset) {
    if (failed.remove(offset)) {
      DeliveredOffsets before = unsettled();
      while (!replace(before, before.without(offset, offset + 1))) {
        before = unsettled();
      }
      Outcome.DEAD_LETTERED.record(mailbox(), 1);
    }
  }

  @Override
  void committed(long offset) {
    committed = offset;
    while (true) {
      DeliveredOffsets before = unsettled(); // read before the other offset, see giveBack
      long end = Math.min(offset, next);
      long messages = before.before(end);
      if (messages == 0) {
        return;
      }
      if (replace(before, before.from(end))) {
        long given = Math.min(messages, takeFailed(end));
        Outcome.DEAD_LETTERED.record(mailbox(), given);
        Outcome.ACKED.record(mailbox(), messages - given);
        return;
      }
    }
  }

  private long takeFailed(long end) {
    long taken = 0;
    for (Long first : failed.headSet(end)) {
      taken += failed.remove(first) ? 1 : 0;
    }
    return taken;
  }

  @Override
  long oldestSentMillis() {
    DeliveredOffsets now = unsettled();
    return now.before(next) == 0 ? 0 : now.oldestSentMillis();
  }

  @Override
  long waiting() {
    DeliveredOffsets now = unsettled();
    return now.size() - now.before(next);
  }
}
