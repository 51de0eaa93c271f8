package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.UnsettledCounts;

/**
 * How one session settles messages, and the messages that it has delivered to the application and
 * not yet settled. Thread-safe, because another thread than that of the session may close it. Holds
 * no reference to the session or its messages.
 */
final class JmsSession {
  private final Settling settling;
  private final boolean tellsRedelivery;
  private final UnsettledCounts unsettled = new UnsettledCounts();

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

  /** Returns the messages that are not settled. */
  UnsettledCounts unsettled() {
    return unsettled;
  }

  /** Adds a message that was handed to the application. */
  void handedOver(MailboxMetrics mailbox, long sentMillis) {
    unsettled.delivered(mailbox, sentMillis);
  }

  /** Removes messages that were settled in another way. */
  void settled(MailboxMetrics mailbox, long messages) {
    unsettled.remove(mailbox, messages);
  }

  void acknowledgeAll() {
    unsettled.settleAll(Outcome.ACKED);
  }

  void giveBackAll() {
    unsettled.settleAll(Outcome.NACKED);
  }
}
