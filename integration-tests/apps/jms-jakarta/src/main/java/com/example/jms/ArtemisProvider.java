package com.example.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Artemis with its broker in this process. */
final class ArtemisProvider implements Provider {
  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private final ActiveMQConnectionFactory factory;
  private final Connection connection;

  ArtemisProvider() throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .setJMXManagementEnabled(false)
            .addAcceptorConfiguration("vm", "vm://0");
    configuration.addAddressSetting(
        "#", new AddressSettings().setAutoCreateQueues(true).setAutoDeleteQueues(false));
    broker.setConfiguration(configuration);
    broker.start();
    factory = new ActiveMQConnectionFactory("vm://0");
    connection = connection();
  }

  @Override
  public Connection connection() throws JMSException {
    Connection started = factory.createConnection();
    started.start();
    return started;
  }

  @Override
  public Session session(int mode) throws JMSException {
    return connection.createSession(mode == Session.SESSION_TRANSACTED, mode);
  }

  @Override
  public int individualMode() {
    return ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE;
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
    factory.close();
    broker.stop();
  }
}
