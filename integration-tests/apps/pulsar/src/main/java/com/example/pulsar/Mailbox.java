package com.example.pulsar;

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

  ConsumerBuilder<String> consumer(SubscriptionType type) {
    return client
        .newConsumer(Schema.STRING)
        .topic(topic)
        .subscriptionName(SUBSCRIPTION)
        .subscriptionInitialPosition(SubscriptionInitialPosition.Earliest)
        .subscriptionType(type)
        .negativeAckRedeliveryDelay(100, TimeUnit.MILLISECONDS);
  }

  Consumer<String> exclusive() throws Exception {
    return consumer(SubscriptionType.Exclusive).subscribe();
  }

  Consumer<String> shared() throws Exception {
    return consumer(SubscriptionType.Shared).subscribe();
  }

  /** Sends messages one by one. */
  Mailbox send(int messages) throws Exception {
    try (Producer<String> producer = producer().enableBatching(false).create()) {
      for (int i = 0; i < messages; i++) {
        producer.send("message " + i);
      }
    }
    return this;
  }

  private ProducerBuilder<String> producer() {
    return client.newProducer(Schema.STRING).topic(topic);
  }

  /** Sends messages in batches of a number of messages, each of which the broker stores as one. */
  Mailbox sendBatches(int messages, int batch) throws Exception {
    try (Producer<String> producer =
        producer()
            .enableBatching(true)
            .batchingMaxMessages(batch)
            .batchingMaxPublishDelay(1, TimeUnit.MINUTES)
            .blockIfQueueFull(true)
            .create()) {
      CompletableFuture<MessageId> last = null;
      for (int i = 0; i < messages; i++) {
        last = producer.sendAsync("message " + i);
      }
      producer.flush();
      last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    return this;
  }

  static List<Message<String>> receive(Consumer<String> consumer, int number) throws Exception {
    List<Message<String>> messages = new ArrayList<>();
    while (messages.size() < number) {
      Message<String> message = consumer.receive(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException("only " + messages.size() + " of " + number);
      }
      messages.add(message);
    }
    return messages;
  }

  static void acknowledge(Consumer<String> consumer, List<Message<String>> messages)
      throws Exception {
    for (Message<String> message : messages) {
      consumer.acknowledge(message);
    }
  }

  static void await(CountDownLatch done) throws InterruptedException {
    if (!done.await(3 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + done.getCount() + " to come");
    }
  }
}
