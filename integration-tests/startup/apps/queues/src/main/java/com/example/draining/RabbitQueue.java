package com.example.draining;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.Date;
import java.util.concurrent.CountDownLatch;

/** A queue of this process alone, with an acknowledgement for each message. */
final class RabbitQueue implements Queue {
  private static final int PREFETCH = 500;
  private static final int BYTES = 100;

  private final Connection connection;
  private final Channel channel;
  private final String name;

  RabbitQueue(int port) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    connection = factory.newConnection();
    channel = connection.createChannel();
    // not deleted with its consumer, which each drain cancels
    name = channel.queueDeclare("", false, true, false, null).getQueue();
  }

  @Override
  public void fill(int messages) throws Exception {
    try (Channel publisher = connection.createChannel()) {
      publisher.confirmSelect();
      for (int i = 0; i < messages; i++) {
        BasicProperties properties = new BasicProperties.Builder().timestamp(new Date()).build();
        publisher.basicPublish("", name, properties, new byte[BYTES]);
      }
      publisher.waitForConfirmsOrDie();
    }
  }

  @Override
  public double drain(int messages) throws Exception {
    Draining draining = new Draining(channel, messages);
    channel.basicQos(PREFETCH);
    String tag = channel.basicConsume(name, false, draining);
    draining.done.await();
    channel.basicCancel(tag);
    return (messages - 1) * 1e9 / (draining.end - draining.begin);
  }

  private static final class Draining extends DefaultConsumer {
    private final CountDownLatch done = new CountDownLatch(1);
    private final int messages;
    private int seen;
    private long begin;
    private long end;

    Draining(Channel channel, int messages) {
      super(channel);
      this.messages = messages;
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, BasicProperties properties, byte[] body)
        throws IOException {
      if (seen == 0) {
        begin = System.nanoTime();
      }
      getChannel().basicAck(envelope.getDeliveryTag(), false);
      if (++seen == messages) {
        end = System.nanoTime();
        done.countDown();
      }
    }
  }
}
