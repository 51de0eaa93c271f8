package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of messages, by queue, that one session has delivered to the application and not yet
 * settled.
 *
 * <p>One thread at a time uses a JMS session, but another thread may close it, so the methods are
 * synchronised; the lock is hardly ever contended. Holds no reference to the session or its
 * messages.
 */
final class JmsSession {
  private final Settling settling;
  private final boolean tellsRedelivery;
  private final Map<MailboxMetrics, Long> unsettled = new HashMap<>(2);

  /**
   * Makes a session without messages.
   *
   * @param settling when its messages are settled
   * @param tellsRedelivery whether the provider's client reports redeliveries, so that a listener's
   *     exception does not count as one
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

  /** Removes messages that were settled in another way. */
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
