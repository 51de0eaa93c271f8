package com.example.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Each method is a scenario and leaves its queue empty, unless its comment says otherwise. */
final class Scenarios {
  private static final long PATIENCE_MILLIS = 60_000;

  private final Provider provider;
  private final String queue;

  Scenarios(Provider provider, String queue) {
    this.provider = provider;
    this.queue = queue;
  }

  /**
   * Receives three messages in the three possible ways, and then twice none from the empty queue.
   */
  void autoReceive() throws JMSException {
    send("a", "b", "c");
    try (Session session = provider.session(Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      print(consumer.receive());
      print(consumer.receive(PATIENCE_MILLIS));
      Message last = consumer.receiveNoWait();
      while (last == null) {
        Thread.onSpinWait();
        last = consumer.receiveNoWait();
      }
      print(last);
      print(consumer.receive(10));
      print(consumer.receiveNoWait());
    }
  }

  /** Three messages; the listener refuses the second once. */
  void autoListener() throws JMSException, InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    try (Session session = provider.session(Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      consumer.setMessageListener(
          message -> {
            print(message);
            if (text(message).equals("b") && delivery(message) == 1) {
              throw new IllegalStateException("not yet");
            }
            done.countDown();
          });
      send("a", "b", "c");
      if (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        System.out.println("still " + done.getCount() + " to come");
      }
    }
  }

  /** Five messages with two acknowledgements: of three, and of two. */
  void clientAck() throws JMSException {
    send("a", "b", "c", "d", "e");
    try (Session session = provider.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      receive(consumer);
      receive(consumer);
      receive(consumer).acknowledge();
      receive(consumer);
      receive(consumer).acknowledge();
    }
  }

  /** Three messages; the third and the first are acknowledged one by one. */
  void individualAck() throws JMSException {
    send("a", "b", "c");
    try (Session session = provider.session(provider.individualMode());
        MessageConsumer consumer = consumer(session)) {
      Message first = receive(consumer);
      receive(consumer);
      receive(consumer).acknowledge();
      first.acknowledge();
    }
  }

  /** Two messages are committed; two are rolled back, and committed when they are redelivered. */
  void transacted() throws JMSException {
    send("a", "b", "c", "d");
    try (Session session = provider.session(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session)) {
      receive(consumer);
      receive(consumer);
      session.commit();
      receive(consumer);
      receive(consumer);
      session.rollback();
      receive(consumer);
      receive(consumer);
      session.commit();
    }
  }

  /** Two messages are recovered, and acknowledged when they are redelivered. */
  void recover() throws JMSException {
    send("a", "b");
    try (Session session = provider.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      receive(consumer);
      receive(consumer);
      session.recover();
      receive(consumer);
      receive(consumer).acknowledge();
    }
  }

  /** Two messages are received and not acknowledged; they stay in the queue. */
  void abandoned() throws JMSException {
    send("a", "b");
    try (Session session = provider.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      receive(consumer);
      receive(consumer);
    }
  }

  /** Two messages in the mode in which a client may acknowledge late. */
  void dupsOk() throws JMSException {
    send("a", "b");
    try (Session session = provider.session(Session.DUPS_OK_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      receive(consumer);
      receive(consumer);
    }
  }

  /**
   * Two messages are received and not acknowledged when their connection closes, and acknowledged
   * when they are redelivered.
   */
  void connectionClosed() throws JMSException {
    send("a", "b");
    try (Connection connection = provider.connection()) {
      Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
      MessageConsumer consumer = consumer(session);
      receive(consumer);
      receive(consumer);
    }
    try (Session session = provider.session(Session.CLIENT_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      receive(consumer);
      receive(consumer).acknowledge();
    }
  }

  /** Two messages of a transaction that is open when their connection closes; they stay. */
  void connectionClosedInTransaction() throws JMSException {
    send("a", "b");
    try (Connection connection = provider.connection()) {
      Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
      MessageConsumer consumer = consumer(session);
      receive(consumer);
      receive(consumer);
    }
  }

  /**
   * Three messages; the second expires after the broker has sent it to the client and before the
   * application receives it. The broker makes it a dead letter.
   */
  void expiry() throws JMSException, InterruptedException {
    expiryInClient();
    takeDeadLetter();
  }

  /** The same, where the broker drops the message. */
  void expiryInClient() throws JMSException, InterruptedException {
    Duration timeToLive = Duration.ofMillis(500);
    try (Session session = provider.session(Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = consumer(session)) {
      send("a");
      provider.send(queue, "b", timeToLive.toMillis());
      Instant expiry = Instant.now().plus(timeToLive);
      send("c");
      while (!Instant.now().isAfter(expiry)) {
        Thread.sleep(10);
      }
      receive(consumer);
      receive(consumer);
    }
  }

  /**
   * A message is rolled back until it is a dead letter, and is then received from the dead letter
   * queue.
   */
  void poison() throws JMSException {
    send("a");
    try (Session session = provider.session(Session.SESSION_TRANSACTED);
        MessageConsumer consumer = consumer(session)) {
      for (int delivery = 0; delivery <= ActiveMqProvider.REDELIVERIES; delivery++) {
        receive(consumer);
        session.rollback();
      }
    }
    takeDeadLetter();
  }

  private void takeDeadLetter() throws JMSException {
    try (Session session = provider.session(Session.AUTO_ACKNOWLEDGE);
        MessageConsumer dead =
            session.createConsumer(session.createQueue(ActiveMqProvider.DEAD_LETTERS))) {
      System.out.println("dead: " + text(dead.receive(PATIENCE_MILLIS)));
    }
  }

  /** Two messages through the interface of JMS 2, which wraps that of JMS 1. */
  static void context(ActiveMqProvider provider, String queue) throws JMSException {
    provider.send(queue, "a", 0);
    provider.send(queue, "b", 0);
    try (JMSContext context = provider.context();
        JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
      // ActiveMQ Classic does not support receiveBody.
      print(consumer.receive(PATIENCE_MILLIS));
      print(consumer.receive(PATIENCE_MILLIS));
    }
  }

  private void send(String... texts) throws JMSException {
    for (String text : texts) {
      provider.send(queue, text, 0);
    }
  }

  private MessageConsumer consumer(Session session) throws JMSException {
    return session.createConsumer(session.createQueue(queue));
  }

  private static Message receive(MessageConsumer consumer) throws JMSException {
    Message message = consumer.receive(PATIENCE_MILLIS);
    print(message);
    return message;
  }

  private static void print(Message message) {
    System.out.println(
        message == null ? "nothing" : text(message) + ", delivery " + delivery(message));
  }

  private static String text(Message message) {
    try {
      return ((TextMessage) message).getText();
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int delivery(Message message) {
    try {
      return message.getIntProperty("JMSXDeliveryCount");
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
  }
}
