package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.registry.MailboxMetrics;

/**
 * A consumer's subscription to a queue.
 *
 * @param settlesItself whether messages count as acknowledged when they are delivered
 */
record Subscription(ChannelMessages channel, MailboxMetrics mailbox, boolean settlesItself) {
  /** Returns the subscription of the same consumer to another queue. */
  Subscription to(MailboxMetrics other) {
    return other == mailbox ? this : new Subscription(channel, other, settlesItself);
  }
}
