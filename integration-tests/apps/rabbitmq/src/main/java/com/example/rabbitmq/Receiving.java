package com.example.rabbitmq;

import com.example.rabbitmq.Mailbox.Inbox;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Scenarios of receiving. Each leaves its queue empty, unless its comment says otherwise. */
final class Receiving {
  private static final int MANY = 100_000;
  private static final int PREFETCH = 500;

  private final Mailbox mailbox;

  Receiving(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Three messages, each acknowledged. */
  void plain() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    for (int i = 0; i < 3; i++) {
      channel.basicAck(inbox.take(), false);
    }
    Mailbox.close(channel);
  }

  /** Three messages that count as acknowledged when they are delivered. */
  void autoAck() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c");
    Channel channel = mailbox.channel();
    CountDownLatch done = new CountDownLatch(3);
    channel.basicConsume(mailbox.queue(), true, (tag, delivery) -> done.countDown(), tag -> {});
    await(done);
    Mailbox.close(channel);
  }

  /** Three messages for a lambda that acknowledges. */
  void lambda() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c");
    Channel channel = mailbox.channel();
    CountDownLatch done = new CountDownLatch(3);
    DeliverCallback callback =
        (tag, delivery) -> {
          channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
          done.countDown();
        };
    channel.basicConsume(mailbox.queue(), false, callback, tag -> {});
    await(done);
    Mailbox.close(channel);
  }

  /** Gets three messages, of which one by itself is acknowledged, and then none. */
  void get() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c");
    mailbox.awaitReady(3);
    Channel channel = mailbox.channel();
    channel.basicAck(got(channel, false), false);
    got(channel, true);
    channel.basicAck(got(channel, false), false);
    if (channel.basicGet(mailbox.queue(), false) != null) {
      throw new IllegalStateException("there is a fourth message");
    }
    Mailbox.close(channel);
  }

  /** Gets one of four messages and leaves the others. */
  void getSome() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c", "d");
    mailbox.awaitReady(4);
    Channel channel = mailbox.channel();
    channel.basicAck(got(channel, false), false);
    Mailbox.close(channel);
  }

  private long got(Channel channel, boolean autoAck) throws IOException {
    GetResponse response = channel.basicGet(mailbox.queue(), autoAck);
    return response.getEnvelope().getDeliveryTag();
  }

  /** Ten messages for two consumers, each with a channel of its own. */
  void twoConsumers() throws Exception {
    mailbox.declare();
    Channel first = mailbox.channel();
    Channel second = mailbox.channel();
    CountDownLatch done = new CountDownLatch(10);
    for (Channel channel : new Channel[] {first, second}) {
      channel.basicQos(1);
      channel.basicConsume(mailbox.queue(), false, acknowledging(channel, done), tag -> {});
    }
    mailbox.send("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    await(done);
    Mailbox.close(first);
    Mailbox.close(second);
  }

  private static DeliverCallback acknowledging(Channel channel, CountDownLatch done) {
    return (tag, delivery) -> {
      channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
      done.countDown();
    };
  }

  /** A hundred thousand messages, each acknowledged. */
  void many() throws Exception {
    mailbox.declare();
    Channel channel = mailbox.channel();
    channel.basicQos(PREFETCH);
    CountDownLatch done = new CountDownLatch(MANY);
    channel.basicConsume(mailbox.queue(), false, acknowledging(channel, done), tag -> {});
    Channel sending = mailbox.channel();
    BasicProperties properties = new BasicProperties.Builder().timestamp(new Date()).build();
    for (int i = 0; i < MANY; i++) {
      mailbox.send(sending, "m", properties);
    }
    if (!done.await(5L * Mailbox.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + done.getCount() + " to come");
    }
    Mailbox.close(sending);
    Mailbox.close(channel);
  }

  /**
   * Four messages: without a time stamp, with the sender's, with one such as a broker adds, and
   * with one that is in the future.
   */
  void ages() throws Exception {
    mailbox.declare();
    Channel sending = mailbox.channel();
    BasicProperties none = new BasicProperties.Builder().build();
    mailbox.send(sending, "none", none);
    mailbox.send(sending, "sender", Mailbox.now());
    long halfASecondAgo = System.currentTimeMillis() - 500;
    mailbox.send(
        sending,
        "broker",
        none.builder().headers(Map.of("timestamp_in_ms", halfASecondAgo)).build());
    Date future = Date.from(Instant.now().plusSeconds(3_600));
    mailbox.send(sending, "future", none.builder().timestamp(future).build());
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    for (int i = 0; i < 4; i++) {
      channel.basicAck(inbox.take(), false);
    }
    Mailbox.close(channel);
    Mailbox.close(sending);
  }

  /** Three queues that the broker names, with a message each. */
  void temporary() throws Exception {
    for (int i = 0; i < 3; i++) {
      Channel channel = mailbox.channel();
      String name = channel.queueDeclare().getQueue();
      channel.basicPublish("", name, Mailbox.now(), new byte[0]);
      Inbox inbox = Mailbox.consume(channel, name);
      channel.basicAck(inbox.take(), false);
      Mailbox.close(channel);
    }
  }

  /** Sends and does not receive; the messages stay. */
  void publish() throws Exception {
    mailbox.declare();
    Channel channel = mailbox.channel();
    channel.confirmSelect();
    for (int i = 0; i < 10; i++) {
      mailbox.send(channel, "p", Mailbox.now());
    }
    channel.waitForConfirms();
    Mailbox.close(channel);
  }

  /**
   * A consumer fails: the handler of exceptions gets the consumer that the application has made,
   * and so does whoever asks for the default consumer.
   */
  void ownConsumer(OwnHandler exceptions) throws Exception {
    mailbox.declare();
    mailbox.send("a");
    Channel channel = mailbox.channel();
    DefaultConsumer failing =
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
            throw new IllegalStateException("no");
          }
        };
    channel.setDefaultConsumer(failing);
    channel.basicConsume(mailbox.queue(), true, failing);
    if (exceptions.awaitFailed() != failing || channel.getDefaultConsumer() != failing) {
      throw new IllegalStateException("not the application's consumer");
    }
    Mailbox.close(channel);
  }

  /** Opens and closes two thousand channels, each of which receives a message or has none left. */
  void churn() throws Exception {
    mailbox.declare();
    for (int i = 0; i < 2_000; i++) {
      Channel channel = mailbox.channel();
      Inbox inbox = Mailbox.consume(channel, mailbox.queue());
      if (i % 10 == 0) {
        mailbox.send(channel, "c", Mailbox.now());
        channel.basicAck(inbox.take(), false);
      }
      Mailbox.close(channel);
    }
  }

  private static void await(CountDownLatch done) throws InterruptedException {
    if (!done.await(Mailbox.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + done.getCount() + " to come");
    }
  }
}
