package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;

/**
 * RabbitMQ's JMS client, which uses the client for AMQP. Its messages are counted where JMS hands
 * them over, so they are not counted here a second time, in the same series. The queues that it
 * makes for topics have random names. Stateless.
 */
final class JmsClient {
  private static final String PACKAGE = "com.rabbitmq.jms.";

  private JmsClient() {}

  /** Returns whether an object is of the JMS client. */
  static boolean has(Object object) {
    return object.getClass().getName().startsWith(PACKAGE);
  }

  /** Returns whether this thread is in a {@code receive} of the JMS client that is measured. */
  static boolean isReceiving() {
    return FrameStack.current().top() instanceof MailboxFrame frame
        && frame.self() != null
        && has(frame.self());
  }
}
