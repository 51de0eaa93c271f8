package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.Collection;

/**
 * The messages that one acknowledgement is for, without any object of the client.
 *
 * @param numbers ledger, entry and index of each message, one after the other
 * @param cumulative whether the messages before each one are settled too
 */
record Ids(long[] numbers, boolean cumulative) {
  private static final int FIELDS = 3;
  private static final String CUMULATIVE = "Cumulative";

  /** Returns whether the client's {@code AckType} is for the messages before, too. */
  static boolean isCumulative(Object ackType) {
    return ackType instanceof Enum<?> type && type.name().equals(CUMULATIVE);
  }

  /** Reads one of the client's {@code MessageId}s or several. */
  static Ids of(Object ids, boolean cumulative) {
    Object[] all = ids instanceof Collection<?> several ? several.toArray() : new Object[] {ids};
    long[] numbers = new long[FIELDS * all.length];
    for (int i = 0; i < all.length; i++) {
      numbers[FIELDS * i] = MessageIds.ledger(all[i]);
      numbers[FIELDS * i + 1] = MessageIds.entry(all[i]);
      numbers[FIELDS * i + 2] = MessageIds.index(all[i]);
    }
    return new Ids(numbers, cumulative);
  }

  /** Settles the messages. Where those before are settled too, these are acknowledged. */
  void settle(ConsumerState consumer, Outcome outcome) {
    for (int i = 0; i < numbers.length; i += FIELDS) {
      int index = (int) numbers[i + 2];
      consumer.settle(numbers[i], numbers[i + 1], index, outcome);
      if (cumulative) {
        consumer.settleUpTo(numbers[i], numbers[i + 1], index, Outcome.ACKED);
      }
    }
  }
}
