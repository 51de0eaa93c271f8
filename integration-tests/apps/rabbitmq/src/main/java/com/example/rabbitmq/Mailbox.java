package com.example.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A scenario's queue and its queue of dead letters. */
final class Mailbox {
  static final int PATIENCE_SECONDS = 80;

  private final Connection connection;
  private final String queue;

  Mailbox(Connection connection, String queue) {
    this.connection = connection;
    this.queue = queue;
  }

  String queue() {
    return queue;
  }

  String dead() {
    return queue + ".dead";
  }

  Channel channel() throws IOException {
    return connection.createChannel();
  }

  /** Makes the queue anew. */
  void declare(Map<String, Object> arguments) throws IOException {
    declare(queue, arguments);
  }

  void declare() throws IOException {
    declare(Map.of());
  }

  /** Makes the queue anew, and another one that gets its dead letters. */
  void declareWithDeadLetters(Map<String, Object> more) throws IOException {
    declare(dead(), Map.of());
    Map<String, Object> arguments = new HashMap<>(more);
    arguments.put("x-dead-letter-exchange", "");
    arguments.put("x-dead-letter-routing-key", dead());
    declare(arguments);
  }

  private void declare(String name, Map<String, Object> arguments) throws IOException {
    Channel channel = channel();
    channel.queueDelete(name);
    channel.queueDeclare(name, true, false, false, arguments);
    close(channel);
  }

  /** Sends messages with time stamps, which the broker keeps when it restarts. */
  void send(String... texts) throws IOException {
    Channel channel = channel();
    for (String text : texts) {
      send(channel, text, now());
    }
    close(channel);
  }

  void send(Channel channel, String text, BasicProperties properties) throws IOException {
    channel.basicPublish("", queue, properties, text.getBytes(StandardCharsets.UTF_8));
  }

  static BasicProperties now() {
    return MessageProperties.MINIMAL_PERSISTENT_BASIC.builder().timestamp(new Date()).build();
  }

  static void close(Channel channel) throws IOException {
    try {
      channel.close();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IOException(e);
    }
  }

  /** Waits until the broker has a number of messages that no consumer got. */
  void awaitReady(long messages) throws IOException {
    Channel channel = channel();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (channel.messageCount(queue) != messages) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not " + messages + " but " + channel.messageCount(queue));
      }
      Thread.onSpinWait();
    }
    close(channel);
  }

  /** A consumer that leaves what it gets to another thread. */
  static final class Inbox extends DefaultConsumer {
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    Inbox(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
      deliveries.add(new Delivery(envelope, properties, body));
    }

    /** Waits for the next message and returns its delivery tag. */
    long take() throws InterruptedException {
      Delivery delivery = deliveries.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (delivery == null) {
        throw new IllegalStateException("nothing came");
      }
      System.out.println(
          new String(delivery.getBody(), StandardCharsets.UTF_8)
              + (delivery.getEnvelope().isRedeliver() ? ", again" : ""));
      return delivery.getEnvelope().getDeliveryTag();
    }
  }

  /** Consumes from a queue; the application acknowledges. */
  static Inbox consume(Channel channel, String from) throws IOException {
    Inbox inbox = new Inbox(channel);
    channel.basicConsume(from, false, inbox);
    return inbox;
  }
}
