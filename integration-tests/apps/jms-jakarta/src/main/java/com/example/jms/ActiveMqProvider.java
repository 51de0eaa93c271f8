package com.example.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.BrokerService;

/** ActiveMQ Classic with its broker in this process. */
final class ActiveMqProvider implements Provider {
  /** The number of redeliveries after which a message is a dead letter. */
  static final int REDELIVERIES = 2;

  static final String DEAD_LETTERS = "ActiveMQ.DLQ";

  private final BrokerService broker = new BrokerService();
  private final ActiveMQConnectionFactory factory =
      new ActiveMQConnectionFactory("vm://scenarios?create=false");
  private final Connection connection;

  ActiveMqProvider() throws Exception {
    broker.setBrokerName("scenarios");
    broker.setPersistent(false);
    broker.setUseJmx(false);
    broker.start();
    broker.waitUntilStarted();
    RedeliveryPolicy policy = factory.getRedeliveryPolicy();
    policy.setMaximumRedeliveries(REDELIVERIES);
    policy.setInitialRedeliveryDelay(20);
    policy.setRedeliveryDelay(20);
    connection = connection();
  }

  @Override
  public Connection connection() throws JMSException {
    Connection started = factory.createConnection();
    started.start();
    return started;
  }

  /** Opens the simplified interface of JMS 2. */
  JMSContext context() {
    return factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
  }

  @Override
  public Session session(int mode) throws JMSException {
    return connection.createSession(mode == Session.SESSION_TRANSACTED, mode);
  }

  @Override
  public int individualMode() {
    return ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE;
  }

  @Override
  public void send(String queue, String text, long timeToLiveMillis) throws JMSException {
    try (Session session = session(Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.setTimeToLive(timeToLiveMillis);
      producer.send(session.createTextMessage(text));
    }
  }

  @Override
  public void close() throws Exception {
    connection.close();
    broker.stop();
    broker.waitUntilStopped();
  }
}
