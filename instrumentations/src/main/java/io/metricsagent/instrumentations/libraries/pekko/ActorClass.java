package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.StampTable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The mailboxes of all actors of one class, or of actors whose paths differ only in numbers.
 * Thread-safe and lock-free; refers to no object of the application, except to {@link
 * ClosedMailboxes} until the next snapshot.
 *
 * <p>Each message that is put into a mailbox is acknowledged or dead-lettered once, and before that
 * given back each time that the actor stashes it. A message of which nobody says what became of it,
 * such as one that a queue of the application's own drops, stays in the depth.
 */
final class ActorClass implements LevelSource {
  private final MailboxMetrics mailbox;

  /** When the messages came that have no outcome yet: those that wait, are handled, or stashed. */
  private final StampTable stamps;

  /** How many messages are in mailboxes. */
  private final LongAdder waiting = new LongAdder();

  /** How many messages have no outcome yet. */
  private final LongAdder unsettled = new LongAdder();

  private final ClosedMailboxes closed = new ClosedMailboxes();

  /** How often messages that are stashed were delivered; {@code null} while no actor stashes. */
  private volatile DeliveryTable stashed;

  ActorClass(MailboxMetrics mailbox, LongSupplier nanoClock) {
    this.mailbox = mailbox;
    stamps = new StampTable(nanoClock);
  }

  /** A message is about to be put into a mailbox for the first time. */
  void putting(Object envelope) {
    stamps.put(envelope);
    unsettled.increment();
    waiting.increment();
  }

  /** A message that was stashed is about to be put into the mailbox again. */
  void puttingAgain() {
    waiting.increment();
  }

  /** A message left a mailbox, or did not get in, and the actor will not get it. */
  void lost(Object envelope) {
    waiting.decrement();
    forget(envelope);
  }

  private void forget(Object envelope) {
    unsettled.decrement();
    stamps.take(envelope);
    DeliveryTable table = stashed;
    if (table != null) {
      table.remove(envelope);
    }
  }

  /** A message was put into a mailbox that is closed, from where it may be lost silently. */
  void putIntoClosed(Object mailboxOfActor, Object envelope) {
    stamps.take(envelope);
    closed.add(mailboxOfActor);
  }

  /** The library publishes a dead letter. */
  void deadLettered() {
    Outcome.DEAD_LETTERED.record(mailbox, 1);
  }

  /** An actor gets a message. */
  void received(Object envelope) {
    waiting.decrement();
    DeliveryTable table = stashed;
    long count = table == null ? 1 : table.next(envelope);
    mailbox.recordReceived(count, stamps.age(envelope), AgeSource.LOCAL);
  }

  /**
   * An actor has failed with a message, which it will not get again.
   *
   * @param begin when it began, or 0 if that is not timed
   */
  void failed(Object envelope, long begin, Throwable failure) {
    Operation.PROCESS.ended(begin, mailbox, failure);
    deadLettered();
    forget(envelope);
  }

  /**
   * An actor has handled a message.
   *
   * @param begin when it began, or 0 if that is not timed
   */
  void handled(Object envelope, long begin) {
    Operation.PROCESS.ended(begin, mailbox);
    Outcome.ACKED.record(mailbox, 1);
    forget(envelope);
  }

  /** An actor has put a message into a buffer of its own, which follows it from now on. */
  void buffered(Object envelope) {
    Outcome.NACKED.record(mailbox, 1);
    forget(envelope);
  }

  /** Returns for how long a message has been here, in nanoseconds, or that it is unknown. */
  long ageNanos(Object envelope) {
    return stamps.age(envelope);
  }

  /** Returns how often a message that an actor handles was delivered, or that it is unknown. */
  long deliveries(Object envelope) {
    DeliveryTable table = stashed;
    return table == null ? 1 : table.next(envelope);
  }

  /** An actor got a message out of a buffer of its own. */
  void receivedFromStash(long deliveries, long ageNanos) {
    mailbox.recordReceived(deliveries, ageNanos, AgeSource.LOCAL);
  }

  /**
   * An actor has done with a message out of a buffer of its own.
   *
   * @param note {@link Step#BUFFERED}, what the actor threw, or anything else
   * @param begin when it began, or 0 if that is not timed
   */
  void endedFromStash(Object note, long begin) {
    if (note == Step.BUFFERED) {
      Outcome.NACKED.record(mailbox, 1);
    } else if (note instanceof Throwable failure) {
      Operation.PROCESS.ended(begin, mailbox, failure);
      deadLettered();
    } else {
      Operation.PROCESS.ended(begin, mailbox);
      Outcome.ACKED.record(mailbox, 1);
    }
  }

  /** Tells for how long the oldest message of a buffer has waited; a negative time is unknown. */
  void tellUnsettled(LevelSample into, long nanos) {
    if (nanos >= 0) {
      into.unsettled(mailbox, System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /** An actor has put a message aside. */
  void stashed(Object envelope) {
    Outcome.NACKED.record(mailbox, 1);
    DeliveryTable table = stashed;
    (table == null ? makeTable() : table).delivered(envelope);
  }

  private synchronized DeliveryTable makeTable() {
    if (stashed == null) {
      stashed = new DeliveryTable();
    }
    return stashed;
  }

  @Override
  public void sample(LevelSample into) {
    long lost = closed.takeLost();
    waiting.add(-lost);
    unsettled.add(-lost);
    Outcome.DEAD_LETTERED.record(mailbox, lost);
    into.depth(mailbox, Math.max(0, waiting.sum()));
    tellUnsettled(into, unsettled.sum() > 0 ? stamps.oldestNanos() : MailboxMetrics.UNKNOWN);
  }
}
