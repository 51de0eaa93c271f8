package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;

/** How a delivery ended. Each delivery has one outcome at most. */
public enum Outcome {
  /** The message was settled as processed. */
  ACKED,
  /** The message was given back to be delivered again. */
  NACKED,
  /**
   * The message was refused for good. Whether the broker keeps it in another queue or drops it, a
   * client cannot know.
   */
  DEAD_LETTERED,
  /** The message's time to live ran out. */
  EXPIRED;

  /** Records messages with this outcome; none if {@code messages} is 0 or less. */
  public void record(MailboxMetrics mailbox, long messages) {
    if (messages <= 0) {
      return;
    }
    switch (this) {
      case ACKED -> mailbox.recordAcked(messages);
      case NACKED -> mailbox.recordNacked(messages);
      case DEAD_LETTERED -> mailbox.recordDeadLettered(messages);
      case EXPIRED -> mailbox.recordExpired(messages);
    }
  }
}
