package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The latest deliveries of SQS to all clients, by their receipt handles. A delivery gets one
 * outcome, whichever client settles it and however often.
 *
 * <p><b>Guarantee:</b> as long as a delivery is in the table, its outcome is recorded once. A
 * settlement of a receipt that is not in the table, because another process received the message or
 * because it was forgotten, is recorded, and entered, so that its repetition is not.
 * <b>Progress:</b> no method takes a lock or waits; a message allocates nothing, except that its
 * part of the table is made when the first message falls into it. <b>Bound:</b> {@value #SETS} sets
 * of {@value ReceiptSet#PLACES} places, 1.4 MB at most. What belongs to a client goes with it.
 */
final class ReceiptTable implements LevelSource {
  static final int SETS = 1_024;

  /** For how long the settlement of a receipt that was not in the table goes before others. */
  private static final long REMEMBERED_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final AtomicReferenceArray<ReceiptSet> sets = new AtomicReferenceArray<>(SETS);

  private static int place(long number) {
    return (int) (number >>> ReceiptSet.STATE_BITS) & (SETS - 1);
  }

  private ReceiptSet setOf(long number) {
    int place = place(number);
    ReceiptSet set = sets.get(place);
    if (set == null) {
      sets.compareAndSet(place, null, new ReceiptSet());
      set = sets.get(place);
    }
    return set;
  }

  /**
   * Adds a delivery.
   *
   * @param number {@link Receipts#numberOf} of its receipt handle
   * @param state {@link ReceiptSet#FETCHED} or {@link ReceiptSet#UNSETTLED}
   * @param sentMillis when the message was sent, in milliseconds of the epoch; 0 or less if unknown
   * @param deliveryCount as in {@link MailboxMetrics#recordDelivered}
   * @param visibleMillis until when nobody else gets the message, in milliseconds of the epoch
   */
  void delivered(
      long number,
      int state,
      SqsClient client,
      MailboxMetrics mailbox,
      long sentMillis,
      long deliveryCount,
      long visibleMillis) {
    setOf(number).put(number, state, client, mailbox, sentMillis, deliveryCount, visibleMillis);
  }

  /**
   * The application gets a message that the batch manager gave it; records it if it was fetched and
   * not handed over before.
   *
   * @return whether the delivery is in the table
   */
  boolean handedOver(long number, long nowMillis) {
    ReceiptSet set = setOf(number);
    int place = set.find(number);
    if (place >= 0) {
      set.handOver(place, number, nowMillis);
    }
    return place >= 0;
  }

  /**
   * Settles a delivery, and records the outcome unless it has one. A message that is given back
   * before the application got it has none.
   *
   * @param mailbox the queue that the application named
   */
  void settle(long number, Outcome outcome, MailboxMetrics mailbox, long nowMillis) {
    ReceiptSet set = setOf(number);
    int place = set.find(number);
    int state = place < 0 ? 0 : set.state(place, number);
    if (state == 0) {
      enter(set, number, nowMillis);
      outcome.record(mailbox, 1);
    } else if (state != ReceiptSet.SETTLED
        && set.change(place, number, state, ReceiptSet.SETTLED)
        && (state == ReceiptSet.UNSETTLED || outcome != Outcome.NACKED)) {
      outcome.record(mailbox, 1);
    }
  }

  private static void enter(ReceiptSet set, long number, long nowMillis) {
    set.put(number, ReceiptSet.SETTLED, null, null, 0, 0, nowMillis + REMEMBERED_MILLIS);
  }

  /** The application keeps a message for longer, or less long. */
  void visibleAgain(long number, long visibleMillis) {
    ReceiptSet set = setOf(number);
    int place = set.find(number);
    if (place >= 0) {
      set.visibleAgain(place, visibleMillis);
    }
  }

  /** Returns whether something is told for the first time, as far as the table knows. */
  boolean isNews(long number, long nowMillis) {
    ReceiptSet set = setOf(number);
    if (set.find(number) >= 0) {
      return false;
    }
    enter(set, number, nowMillis);
    return true;
  }

  /** Forgets the deliveries to a client that is closed. */
  void forget(SqsClient client) {
    for (int i = 0; i < SETS; i++) {
      ReceiptSet set = sets.get(i);
      if (set != null) {
        set.forget(client);
      }
    }
  }

  /** Returns how many deliveries have no outcome. */
  int unsettled() {
    int unsettled = 0;
    for (int i = 0; i < SETS; i++) {
      ReceiptSet set = sets.get(i);
      unsettled += set == null ? 0 : set.unsettled();
    }
    return unsettled;
  }

  @Override
  public void sample(LevelSample into) {
    sample(into, System.currentTimeMillis());
  }

  void sample(LevelSample into, long nowMillis) {
    for (int i = 0; i < SETS; i++) {
      ReceiptSet set = sets.get(i);
      if (set != null) {
        set.sample(into, nowMillis);
      }
    }
  }
}
