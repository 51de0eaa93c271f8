package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.HashMap;
import java.util.Map;

/**
 * What one session has handed to the application and not settled yet, in numbers of messages by
 * queue.
 *
 * <p>A JMS session belongs to one thread at a time, but may be closed from another one: the methods
 * are synchronised, and hardly ever contended. Holds no reference to the session or its messages.
 */
final class JmsSession {
  private final Settling settling;
  private final boolean tellsRedelivery;
  private final Map<MailboxMetrics, Long> unsettled = new HashMap<>(2);

  /**
   * Makes an empty session.
   *
   * @param settling when its messages are settled
   * @param tellsRedelivery whether the provider's client tells when it redelivers, so that a
   *     listener that throws need not be taken for that
   */
  JmsSession(Settling settling, boolean tellsRedelivery) {
    this.settling = settling;
    this.tellsRedelivery = tellsRedelivery;
  }

  /** Returns whether messages are settled as soon as the application has them. */
  boolean settlesByItself() {
    return settling == Settling.ON_RECEIPT;
  }

  boolean settlesEachMessage() {
    return settling == Settling.EACH_BY_ACKNOWLEDGE;
  }

  boolean isTransacted() {
    return settling == Settling.BY_COMMIT;
  }

  boolean tellsRedelivery() {
    return tellsRedelivery;
  }

  synchronized void handedOver(MailboxMetrics mailbox) {
    unsettled.merge(mailbox, 1L, Long::sum);
  }

  /** Some messages were settled otherwise. */
  synchronized void settled(MailboxMetrics mailbox, long messages) {
    Long left = unsettled.get(mailbox);
    if (left != null) {
      if (left <= messages) {
        unsettled.remove(mailbox);
      } else {
        unsettled.put(mailbox, left - messages);
      }
    }
  }

  synchronized void acknowledgeAll() {
    unsettled.forEach(MailboxMetrics::recordAcked);
    unsettled.clear();
  }

  synchronized void giveBackAll() {
    unsettled.forEach(MailboxMetrics::recordNacked);
    unsettled.clear();
  }
}
