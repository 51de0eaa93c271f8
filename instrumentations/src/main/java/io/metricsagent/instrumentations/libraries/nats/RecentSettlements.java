package io.metricsagent.instrumentations.libraries.nats;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The settlements that were counted last. The client remembers in a message what it sent for it,
 * but it looks first and then sends, so two threads may both settle one message.
 *
 * <p><b>Guarantee:</b> of two settlements of one message object, the second is no first one, unless
 * another message with the same place, one of {@value #PLACES}, was settled in between. Two
 * threads' settlements are microseconds apart; what is said later, the client does not send.
 * <b>Progress:</b> a call is one atomic step, and allocates nothing. No message is referred to.
 */
final class RecentSettlements {
  static final int PLACES = 256;

  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  /**
   * Returns whether this settlement of a message counts.
   *
   * @param subject the subject that the message is acknowledged with; two messages may have the
   *     same identity hash code, or, after a consumer was made anew, the same subject, but hardly
   *     both
   */
  boolean isFirst(Object message, String subject) {
    int identity = System.identityHashCode(message);
    long settlement = ((long) subject.hashCode() << Integer.SIZE) | identity;
    return places.getAndSet(identity & (PLACES - 1), settlement) != settlement;
  }
}
