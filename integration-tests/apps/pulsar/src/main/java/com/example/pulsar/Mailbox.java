package com.example.pulsar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.ConsumerBuilder;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.ProducerBuilder;
import org.apache.pulsar.client.api.PulsarClient;
import org.apache.pulsar.client.api.Schema;
import org.apache.pulsar.client.api.SubscriptionInitialPosition;
import org.apache.pulsar.client.api.SubscriptionType;

/** The topic of a scenario. The broker makes a topic when a consumer subscribes to it. */
record Mailbox(PulsarClient client, String topic) {
  static final String SUBSCRIPTION = "workers";
  private static final int PATIENCE_SECONDS = 60;

  /** Returns a topic whose name goes on after the scenario's. */
  Mailbox other(String suffix) {
    return new Mailbox(client, topic + suffix);
  }

  ConsumerBuilder<byte[]> consumer(SubscriptionType type) {
    return client
        .newConsumer(Schema.BYTES)
        .topic(topic)
        .subscriptionName(SUBSCRIPTION)
        .subscriptionInitialPosition(SubscriptionInitialPosition.Earliest)
        .subscriptionType(type)
        .negativeAckRedeliveryDelay(100, TimeUnit.MILLISECONDS);
  }

  Consumer<byte[]> exclusive() throws Exception {
    return consumer(SubscriptionType.Exclusive).subscribe();
  }

  Consumer<byte[]> shared() throws Exception {
    return consumer(SubscriptionType.Shared).subscribe();
  }

  /** Sends messages one by one. */
  Mailbox send(int messages) throws Exception {
    try (Producer<byte[]> producer = producer().enableBatching(false).create()) {
      for (int i = 0; i < messages; i++) {
        producer.send(text(i));
      }
    }
    return this;
  }

  private ProducerBuilder<byte[]> producer() {
    return client.newProducer(Schema.BYTES).topic(topic);
  }

  /** Sends messages in batches of a number of messages, each of which the broker stores as one. */
  Mailbox sendBatches(int messages, int batch) throws Exception {
    try (Producer<byte[]> producer =
        producer()
            .enableBatching(true)
            .batchingMaxMessages(batch)
            .batchingMaxPublishDelay(1, TimeUnit.MINUTES)
            .blockIfQueueFull(true)
            .create()) {
      CompletableFuture<MessageId> last = null;
      for (int i = 0; i < messages; i++) {
        last = producer.sendAsync(text(i));
      }
      producer.flush();
      last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    return this;
  }

  private static byte[] text(int message) {
    return ("message " + message).getBytes(StandardCharsets.UTF_8);
  }

  static List<Message<byte[]>> receive(Consumer<byte[]> consumer, int number) throws Exception {
    List<Message<byte[]>> messages = new ArrayList<>();
    while (messages.size() < number) {
      Message<byte[]> message = consumer.receive(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException("only " + messages.size() + " of " + number);
      }
      messages.add(message);
    }
    return messages;
  }

  static void acknowledge(Consumer<byte[]> consumer, List<Message<byte[]>> messages)
      throws Exception {
    for (Message<byte[]> message : messages) {
      consumer.acknowledge(message);
    }
  }

  static void await(CountDownLatch done) throws InterruptedException {
    if (!done.await(3 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + done.getCount() + " to come");
    }
  }
}
