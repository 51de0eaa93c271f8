package com.rabbitmq.jms.client;

import io.metricsagent.instrumentations.libraries.rabbitmq.FakeRabbit;

/** A consumer of the JMS client: of AMQP, and of JMS. */
public final class JmsConsumer implements FakeRabbit.Consumer {
  @Override
  public void handleDelivery(String tag, Object envelope, Object properties, byte[] body) {}

  @Override
  public void handleCancel(String tag) {}
}
