package com.example.nats;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A scenario's stream, whose only subject has the stream's name in small letters. */
final class Mailbox {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String WORKER = "worker";

  private final Connection connection;
  private final String stream;

  Mailbox(Connection connection, String stream) {
    this.connection = connection;
    this.stream = stream;
  }

  Connection connection() {
    return connection;
  }

  String stream() {
    return stream;
  }

  String subject() {
    return stream.toLowerCase(Locale.ROOT);
  }

  JetStream jetStream() throws Exception {
    return connection.jetStream();
  }

  JetStreamManagement management() throws Exception {
    return connection.jetStreamManagement();
  }

  /** Makes the stream. */
  void declare() throws Exception {
    StreamConfiguration configuration =
        StreamConfiguration.builder()
            .name(stream)
            .subjects(subject())
            .storageType(StorageType.File)
            .build();
    management().addStream(configuration);
  }

  /** Makes the stream, a durable consumer of it, and messages. */
  void declare(ConsumerConfiguration.Builder consumer, int messages) throws Exception {
    declare();
    ConsumerConfiguration worker = consumer.durable(WORKER).filterSubject(subject()).build();
    management().addOrUpdateConsumer(stream, worker);
    send(messages);
  }

  static ConsumerConfiguration.Builder explicit() {
    return ConsumerConfiguration.builder().ackPolicy(AckPolicy.Explicit);
  }

  void send(int messages) throws Exception {
    JetStream jetStream = jetStream();
    for (int i = 0; i < messages; i++) {
      jetStream.publish(subject(), ("m" + i).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Subscribes to the durable consumer, which sends what is pulled. */
  JetStreamSubscription pulling() throws Exception {
    return jetStream().subscribe(subject(), PullSubscribeOptions.bind(stream, WORKER));
  }

  /** Fetches a number of messages, however many times it takes. */
  static List<Message> fetch(JetStreamSubscription subscription, int number) {
    List<Message> messages = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (messages.size() < number) {
      messages.addAll(subscription.fetch(number - messages.size(), Duration.ofSeconds(1)));
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only " + messages.size() + " of " + number);
      }
    }
    return messages;
  }

  /** Waits until the server waits for no acknowledgement of the consumer's messages any more. */
  void awaitSettled() throws Exception {
    connection.flush(PATIENCE);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (management().getConsumerInfo(stream, WORKER).getNumAckPending() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("still unsettled messages in " + stream);
      }
    }
  }

  static void await(CountDownLatch done) throws InterruptedException {
    if (!done.await(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + done.getCount() + " to come");
    }
  }
}
