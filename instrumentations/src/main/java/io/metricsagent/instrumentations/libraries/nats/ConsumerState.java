package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.TagTable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A consumer of a stream, which any number of subscriptions share. Thread-safe; refers to no object
 * of the application.
 *
 * <p>Whether a message is settled already, the client's message knows itself. A table is needed
 * only where one acknowledgement settles several messages.
 */
final class ConsumerState implements LevelSource {
  private static final long PENDING_IS_KNOWN_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long UNKNOWN = -1;

  private final ConsumerFacts facts;
  private final Mailboxes mailboxes;
  private final LongSupplier nanoClock;
  private final HeldMessages held;

  /** The messages that an acknowledgement of a later one settles; {@code null} if none does. */
  private final TagTable unsettled;

  /** {@code null} before the first message: what is only looked up has no series. */
  private volatile MailboxMetrics mailbox;

  private volatile long pending = UNKNOWN;

  /** When {@link #pending} was told. */
  private volatile long pendingNanos;

  /** When the last message was delivered or settled, or this object was made. */
  private volatile long usedNanos;

  private volatile boolean retired;

  /** Whether there is no table, although messages are acknowledged. */
  private final boolean lacksTable;

  ConsumerState(ConsumerFacts facts, Mailboxes mailboxes, LongSupplier nanoClock) {
    this.facts = facts;
    this.mailboxes = mailboxes;
    this.nanoClock = nanoClock;
    usedNanos = nanoClock.getAsLong();
    unsettled = facts.policy() == AckPolicy.ALL ? new TagTable() : null;
    held = facts.policy() == AckPolicy.EXPLICIT ? new HeldMessages(usedNanos) : null;
    lacksTable = false;
  }

  private ConsumerState(
      ConsumerFacts facts, Mailboxes mailboxes, LongSupplier nanoClock, MailboxMetrics mailbox) {
    this.facts = facts;
    this.mailboxes = mailboxes;
    this.nanoClock = nanoClock;
    this.mailbox = mailbox;
    unsettled = null;
    held = null;
    lacksTable = facts.policy() != AckPolicy.NONE;
  }

  /**
   * Returns a consumer for one message, for which there is no room in a table. Its messages count,
   * each acknowledgement for one; depth and oldest message are unknown.
   */
  static ConsumerState notFollowed(
      ConsumerFacts facts, Mailboxes mailboxes, LongSupplier nanoClock) {
    return new ConsumerState(
        facts, mailboxes, nanoClock, mailboxes.of(facts.queue(), NatsTracker.SYSTEM));
  }

  ConsumerFacts facts() {
    return facts;
  }

  /** Returns the series; {@code null} before the first message. */
  MailboxMetrics mailbox() {
    return mailbox;
  }

  /** Returns when the consumer delivered or settled last, or was made known, by the clock. */
  long usedNanos() {
    return usedNanos;
  }

  /**
   * Returns whether the consumer has delivered nothing for so long that its depth is unknown, and
   * that the server waits for none of its messages any more.
   */
  boolean isIdle(long nowNanos) {
    return nowNanos - usedNanos > Math.max(PENDING_IS_KNOWN_NANOS, 2 * facts.ackWaitNanos());
  }

  /**
   * A message is handed to the application.
   *
   * @param subject the subject that it is acknowledged with
   * @param queueEnd {@link AckSubject#queueEnd}
   */
  void delivered(String subject, int queueEnd) {
    if (mailbox == null) {
      begin();
    }
    long deliveries = AckSubject.number(subject, queueEnd, AckSubject.DELIVERIES);
    long sequence = AckSubject.number(subject, queueEnd, AckSubject.SEQUENCE);
    long sentMillis = sentMillis(subject, queueEnd);
    mailbox.recordDelivered(
        1,
        deliveries < 1 ? MailboxMetrics.UNKNOWN : deliveries,
        sentMillis,
        System.currentTimeMillis(),
        AgeSource.BROKER_CLOCK);
    pending = AckSubject.number(subject, queueEnd, AckSubject.PENDING);
    pendingNanos = nanoClock.getAsLong();
    usedNanos = pendingNanos;
    if (facts.policy() == AckPolicy.NONE) {
      mailbox.recordAcked(1);
    } else if (!lacksTable) {
      keep(sequence, sentMillis, deliveries > 1);
    }
  }

  private synchronized void begin() {
    if (mailbox == null) {
      mailbox = mailboxes.of(facts.queue(), NatsTracker.SYSTEM);
      mailboxes.sample(this);
    }
  }

  /** Another state takes the place of this one, because the client was told something new. */
  void retire() {
    retired = true;
  }

  /** Keeps an unsettled message; an earlier delivery of it has no outcome. */
  private void keep(long sequence, long sentMillis, boolean again) {
    if (held == null) {
      unsettled.delivered(sequence, mailbox, sentMillis); // again, it has its place already
    } else if (again) {
      held.holdAgain(sequence, mailbox, sentMillis);
    } else {
      held.hold(sequence, mailbox, sentMillis);
    }
  }

  private static long sentMillis(String subject, int queueEnd) {
    return TimeUnit.NANOSECONDS.toMillis(AckSubject.number(subject, queueEnd, AckSubject.NANOS));
  }

  /**
   * The application has said something about a message that it has not settled before. Nothing is
   * counted before a message is delivered.
   */
  void told(Settlement settlement, String subject, int queueEnd) {
    if (mailbox == null) {
      return;
    }
    usedNanos = nanoClock.getAsLong();
    long sequence = AckSubject.number(subject, queueEnd, AckSubject.SEQUENCE);
    if (lacksTable) {
      record(settlement);
    } else if (held != null) {
      if (settlement == Settlement.IN_PROGRESS) {
        held.holdAgain(sequence, mailbox, sentMillis(subject, queueEnd));
      } else {
        held.release(sequence);
        record(settlement);
      }
    } else if (unsettled != null) {
      settle(settlement, sequence);
    }
  }

  private void record(Settlement settlement) {
    switch (settlement) {
      case ACKED -> mailbox.recordAcked(1);
      case NACKED -> mailbox.recordNacked(1);
      case TERMINATED -> mailbox.recordDeadLettered(1);
      case IN_PROGRESS, NONE -> {}
    }
  }

  /** The server treats a termination like an acknowledgement, also of the messages before it. */
  private void settle(Settlement settlement, long sequence) {
    switch (settlement) {
      case ACKED -> unsettled.settleUpTo(sequence, Outcome.ACKED);
      case NACKED -> unsettled.settle(sequence, Outcome.NACKED);
      case TERMINATED -> {
        unsettled.settle(sequence, Outcome.DEAD_LETTERED);
        unsettled.settleUpTo(sequence, Outcome.ACKED);
      }
      case IN_PROGRESS, NONE -> {}
    }
  }

  @Override
  public void sample(LevelSample into) {
    if (retired) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (now - pendingNanos <= PENDING_IS_KNOWN_NANOS) {
      into.depth(mailbox, pending);
    }
    if (held != null) {
      held.sample(into, now, facts.ackWaitNanos());
    } else if (unsettled != null) {
      unsettled.sample(into);
    }
  }
}
