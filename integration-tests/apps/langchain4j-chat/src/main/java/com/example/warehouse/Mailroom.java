package com.example.warehouse;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.time.Instant;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.command.ActiveMQMessage;

/**
 * Questions by mail: a worker takes each from the queue {@code requests}, asks the assistant, and
 * answers into {@code replies}, in one transaction.
 */
final class Mailroom {
  private static final String REQUESTS = "requests";
  private static final String REPLIES = "replies";
  private static final String DEAD_LETTERS = "ActiveMQ.DLQ";
  private static final Duration TIME_TO_LIVE = Duration.ofMillis(500);
  private static final long PATIENCE_MILLIS = 20_000;

  /** The number of redeliveries after which a message is a dead letter. */
  private static final int REDELIVERIES = 2;

  private final ActiveMQConnection connection;
  private final Assistant assistant;
  private Instant expiry = Instant.MIN;

  private Mailroom(ActiveMQConnection connection, Assistant assistant) {
    this.connection = connection;
    this.assistant = assistant;
  }

  static void work(Models models) throws Exception {
    BrokerService broker = new BrokerService();
    broker.setBrokerName("warehouse");
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.start();
    broker.waitUntilStarted();
    try {
      ActiveMQConnectionFactory factory =
          new ActiveMQConnectionFactory("vm://warehouse?create=false");
      RedeliveryPolicy policy = factory.getRedeliveryPolicy();
      policy.setMaximumRedeliveries(REDELIVERIES);
      policy.setInitialRedeliveryDelay(20);
      policy.setRedeliveryDelay(20);
      try (ActiveMQConnection connection = (ActiveMQConnection) factory.createConnection()) {
        connection.start();
        new Mailroom(connection, models.assistant(models.chat("gpt-4.1-mini"))).run();
      }
    } finally {
      broker.stop();
      broker.waitUntilStopped();
    }
  }

  private void run() throws Exception {
    try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageConsumer requests = session.createConsumer(session.createQueue(REQUESTS));
        MessageProducer replies = session.createProducer(session.createQueue(REPLIES))) {
      post();
      awaitExpiry();
      int open = 4; // five were sent, one of them expires
      while (open > 0) {
        if (process(session, requests, replies)) {
          open--;
        }
      }
    }
    drain(REPLIES, 3);
    drain(DEAD_LETTERS, 2);
  }

  private void post() throws JMSException {
    try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(REQUESTS))) {
      post(session, producer, "1", "Where are the bolts? [use stockLevel item=bolts]");
      post(session, producer, "2", "Where are the nuts?");
      producer.setTimeToLive(TIME_TO_LIVE.toMillis());
      post(session, producer, "3", "Do you open in half a second?");
      producer.setTimeToLive(Message.DEFAULT_TIME_TO_LIVE);
      post(session, producer, "4", "");
      post(session, producer, "5", "Thank you! [throttle once]");
    }
    expiry = Instant.now().plus(TIME_TO_LIVE);
  }

  private static void post(Session session, MessageProducer producer, String id, String question)
      throws JMSException {
    TextMessage message = session.createTextMessage(question);
    message.setJMSCorrelationID(id);
    producer.send(message);
  }

  /** Waits until the third question has expired. */
  private void awaitExpiry() throws InterruptedException {
    while (!Instant.now().isAfter(expiry)) {
      Thread.sleep(10);
    }
  }

  /** Returns whether the message is settled; otherwise it is delivered again. */
  private boolean process(Session session, MessageConsumer requests, MessageProducer replies)
      throws JMSException {
    TextMessage request = (TextMessage) requests.receive(PATIENCE_MILLIS);
    String id = request.getJMSCorrelationID();
    int delivery = request.getIntProperty("JMSXDeliveryCount");
    if (request.getText().isEmpty()) {
      System.out.println("request " + id + ", delivery " + delivery + ": empty");
      session.rollback();
      return delivery > REDELIVERIES;
    }
    String answer = assistant.answer(request.getText());
    TextMessage reply = session.createTextMessage(answer);
    reply.setJMSCorrelationID(id);
    replies.send(reply);
    if (id.equals("2") && delivery == 1) {
      System.out.println("request " + id + ", delivery " + delivery + ": took it back");
      session.rollback();
      return false;
    }
    session.commit();
    System.out.println("request " + id + ", delivery " + delivery + ": " + answer);
    return true;
  }

  private void drain(String queue, int messages) throws JMSException {
    try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      for (int i = 0; i < messages; i++) {
        Message message = consumer.receive(PATIENCE_MILLIS);
        String origin = ((ActiveMQMessage) message).getDestination().getPhysicalName();
        System.out.println(origin + ": " + message.getJMSCorrelationID());
      }
    }
  }
}
