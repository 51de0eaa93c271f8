package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;

/**
 * Finds the session of a consumer and of a message. Thread-safe; keeps no object of the application
 * alive.
 *
 * <p>The session of a consumer that was created before the agent was attached is unknown: the
 * consumer's messages are counted as received, and not as settled.
 */
final class JmsTracker {
  private static final Accessor ACKNOWLEDGE_MODE = Accessor.path("getAcknowledgeMode()");
  private static final Accessor TRANSACTED = Accessor.path("getTransacted()");
  private static final int MAX_OBJECTS = 100_000;

  /** A message that the application has to acknowledge. */
  record Unsettled(JmsSession session, MailboxMetrics mailbox) {}

  private final Mailboxes mailboxes;
  private final WeakMap<Object, JmsConnection> connections = new WeakMap<>(MAX_OBJECTS);

  /** By session. */
  private final WeakMap<Object, JmsConnection> connectionsOfSessions = new WeakMap<>(MAX_OBJECTS);

  private final WeakMap<Object, JmsSession> sessions = new WeakMap<>(MAX_OBJECTS);
  private final WeakMap<Object, JmsSession> consumers = new WeakMap<>(MAX_OBJECTS);
  private final WeakMap<Object, Unsettled> messages = new WeakMap<>(MAX_OBJECTS);

  JmsTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
  }

  /** Notes the connection that created a session. */
  void sessionCreated(Object connection, Object session) {
    JmsConnection known = connections.putIfAbsent(connection, new JmsConnection());
    connectionsOfSessions.put(session, known);
  }

  /** Returns the state of a connection, or {@code null} if it has created no session. */
  JmsConnection connection(Object connection) {
    return connections.get(connection);
  }

  /**
   * Notes the session that created a consumer. A consumer that wraps another one has the session
   * that created the wrapper.
   */
  void consumerCreated(Object session, Object consumer) {
    JmsSession known = sessions.get(session);
    if (known == null) {
      known =
          new JmsSession(
              settling(session),
              session.getClass().getName().startsWith("org.apache.activemq.ActiveMQ"));
      sessions.put(session, known);
      JmsConnection connection = connectionsOfSessions.get(session);
      if (connection != null) {
        connection.add(known);
      }
      if (!known.settlesByItself() && !known.settlesEachMessage()) {
        mailboxes.sample(known.unsettled());
      }
    }
    consumers.put(consumer, known);
  }

  /** A session is closed: its messages go back. A provider may close a session several times. */
  void sessionClosed(Object session) {
    JmsSession known = sessions.remove(session);
    JmsConnection connection = connectionsOfSessions.remove(session);
    if (known != null) {
      known.giveBackAll();
      if (connection != null) {
        connection.remove(known);
      }
    }
  }

  /** Returns whether no session is followed. */
  boolean hasNoSessions() {
    return sessions.isEmpty() && connectionsOfSessions.isEmpty();
  }

  /**
   * Returns whether nothing is followed but connections. Consumers and messages are forgotten when
   * they are gone.
   */
  boolean isEmptyButForConnections() {
    WeakMap.forgetCollected();
    return hasNoSessions() && consumers.isEmpty() && messages.isEmpty();
  }

  private static Settling settling(Object session) {
    if (Boolean.TRUE.equals(TRANSACTED.read(session))) {
      return Settling.BY_COMMIT;
    }
    long mode = ACKNOWLEDGE_MODE.readLong(session);
    return mode < 0 ? Settling.ON_RECEIPT : Settling.of(session.getClass().getName(), (int) mode);
  }

  /** Returns the state of a session; {@code null} if the session has no consumers. */
  JmsSession session(Object session) {
    return sessions.get(session);
  }

  /**
   * Returns the state of the session that created a consumer; {@code null} if the session is
   * unknown.
   */
  JmsSession sessionOf(Object consumer) {
    return consumers.get(consumer);
  }

  /**
   * Returns a message that the application has to acknowledge; {@code null} if the message needs no
   * acknowledgement or is unknown.
   */
  Unsettled unsettled(Object message) {
    return messages.get(message);
  }

  void forget(Object message) {
    messages.remove(message);
  }

  /** Returns the time at which an operation begins; 0 if operations are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  MailboxMetrics mailbox(String queue, String system) {
    return mailboxes.of(queue, system);
  }

  /**
   * Records a message that is delivered to the application.
   *
   * @param session the session of the consumer, or {@code null} if it is unknown
   */
  MailboxMetrics received(Object message, JmsSession session) {
    MailboxMetrics mailbox = mailboxes.of(JmsMessages.queue(message), JmsMessages.system(message));
    long sentMillis = JmsMessages.sentMillis(message);
    mailbox.recordDelivered(
        1,
        JmsMessages.deliveryCount(message),
        sentMillis,
        System.currentTimeMillis(),
        AgeSource.PRODUCER_CLOCK);
    if (session != null && !session.settlesByItself()) {
      session.handedOver(mailbox, sentMillis);
      if (!session.isTransacted()) {
        messages.put(message, new Unsettled(session, mailbox));
      }
    }
    return mailbox;
  }
}
