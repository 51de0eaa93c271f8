package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ActiveMQSession.sendAck}: with this method, ActiveMQ Classic's client tells the
 * broker its own decisions, by the type of the acknowledgement (constants of {@code
 * org.apache.activemq.command.MessageAck}). Acknowledgements of processed messages are not counted
 * here: within a transaction the client sends them even if the transaction is rolled back.
 */
final class ActiveMqAckHandler extends SiteHandler {
  private static final Accessor TYPE = Accessor.path("getAckType()");
  private static final Accessor MESSAGES = Accessor.path("getMessageCount()");
  private static final Accessor DESTINATION = Accessor.path("getDestination()");
  private static final int POISON = 1;
  private static final int REDELIVERED = 3;
  private static final int EXPIRED = 6;

  private record Ack(Object session, Object ack) {}

  private final JmsTracker tracker;

  ActiveMqAckHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    long type = TYPE.readLong(arg0);
    return type == POISON || type == REDELIVERED || type == EXPIRED ? new Ack(self, arg0) : null;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Ack sent = (Ack) token;
    if (thrown != null) {
      return result;
    }
    long messages = Math.max(1, MESSAGES.readLong(sent.ack));
    MailboxMetrics mailbox =
        tracker.mailbox(JmsMessages.queueName(DESTINATION.read(sent.ack)), "activemq");
    switch ((int) TYPE.readLong(sent.ack)) {
      case POISON -> mailbox.recordDeadLettered(messages);
      case REDELIVERED -> mailbox.recordNacked(messages);
      default -> mailbox.recordExpired(messages);
    }
    JmsSession session = tracker.session(sent.session);
    if (session != null) {
      session.settled(mailbox, messages);
    }
    return result;
  }
}
