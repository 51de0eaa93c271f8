package com.example.pulsar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.BatchReceivePolicy;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.MessageId;
import org.apache.pulsar.client.api.MessageListener;
import org.apache.pulsar.client.api.Messages;
import org.apache.pulsar.client.api.Reader;
import org.apache.pulsar.client.api.Schema;
import org.apache.pulsar.client.api.SubscriptionType;

/** Ways to receive messages. */
record Receiving(Mailbox mailbox) {
  /** Ten messages, of which one is received and acknowledged after the other. */
  void plain() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      mailbox.send(10);
      for (int i = 0; i < 10; i++) {
        Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 1));
      }
    }
  }

  /** Twelve messages in three batches, received in one or several calls, acknowledged as lists. */
  void batch() throws Exception {
    BatchReceivePolicy policy =
        BatchReceivePolicy.builder().maxNumMessages(12).timeout(1, TimeUnit.SECONDS).build();
    try (Consumer<byte[]> consumer =
        mailbox.consumer(SubscriptionType.Shared).batchReceivePolicy(policy).subscribe()) {
      mailbox.sendBatches(12, 4);
      int received = 0;
      while (received < 12) {
        Messages<byte[]> messages =
            received == 0 ? consumer.batchReceive() : consumer.batchReceiveAsync().get();
        received += messages.size();
        consumer.acknowledge(messages);
      }
    }
  }

  /** Ten messages to a listener. */
  void listener() throws Exception {
    listen(mailbox, 10);
  }

  private static void listen(Mailbox from, int messages) throws Exception {
    CountDownLatch done = new CountDownLatch(messages);
    MessageListener<byte[]> listener =
        (consumer, message) -> {
          consumer.acknowledgeAsync(message).thenRun(done::countDown);
        };
    try (Consumer<byte[]> consumer =
        from.consumer(SubscriptionType.Shared).messageListener(listener).subscribe()) {
      from.send(messages);
      Mailbox.await(done);
    }
  }

  /** Ten messages, half of which are asked for before they are sent. */
  void async() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      List<CompletableFuture<Void>> settled = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        if (i == 5) {
          mailbox.send(10);
        }
        settled.add(consumer.receiveAsync().thenCompose(consumer::acknowledgeAsync));
      }
      CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
    }
  }

  /** Ten messages of a consumer that fetches none before it is asked for one. */
  void zero() throws Exception {
    try (Consumer<byte[]> consumer =
        mailbox.consumer(SubscriptionType.Shared).receiverQueueSize(0).subscribe()) {
      mailbox.send(10);
      for (int i = 0; i < 10; i++) {
        consumer.acknowledge(consumer.receive());
      }
    }
  }

  /** Twenty messages for two consumers that share a subscription. */
  void two() throws Exception {
    CountDownLatch done = new CountDownLatch(20);
    MessageListener<byte[]> listener =
        (consumer, message) -> consumer.acknowledgeAsync(message).thenRun(done::countDown);
    try (Consumer<byte[]> one = shared(listener);
        Consumer<byte[]> other = shared(listener)) {
      mailbox.send(20);
      Mailbox.await(done);
    }
  }

  private Consumer<byte[]> shared(MessageListener<byte[]> listener) throws Exception {
    return mailbox.consumer(SubscriptionType.Shared).messageListener(listener).subscribe();
  }

  /** Twelve messages of three partitions; four are received asynchronously, four as a batch. */
  void partitioned() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.exclusive()) {
      mailbox.send(12);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 4));
      for (int i = 0; i < 4; i++) {
        consumer.receiveAsync().thenCompose(consumer::acknowledgeAsync).get(1, TimeUnit.MINUTES);
      }
      int received = 8;
      while (received < 12) {
        Messages<byte[]> messages = consumer.batchReceive();
        received += messages.size();
        consumer.acknowledge(messages);
      }
    }
  }

  /** Twelve messages of three partitions to a listener. */
  void partitionedListener() throws Exception {
    listen(mailbox, 12);
  }

  /** Four messages each of two topics by one consumer, with one cumulative acknowledgement each. */
  void several() throws Exception {
    Mailbox one = mailbox.other("-one");
    Mailbox other = mailbox.other("-other");
    try (Consumer<byte[]> consumer = ofTopics(one, other)) {
      one.send(4);
      Message<byte[]> last = Mailbox.receive(consumer, 4).get(3);
      other.send(4);
      Mailbox.receive(consumer, 4);
      consumer.acknowledgeCumulative(last);
    }
  }

  /** Five messages each of two topics, half of which are asked for before they are sent. */
  void severalAsync() throws Exception {
    Mailbox one = mailbox.other("-one");
    Mailbox other = mailbox.other("-other");
    try (Consumer<byte[]> consumer = ofTopics(one, other)) {
      List<CompletableFuture<Void>> settled = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        if (i == 5) {
          one.send(5);
          other.send(5);
        }
        settled.add(consumer.receiveAsync().thenCompose(consumer::acknowledgeAsync));
      }
      CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
    }
  }

  private Consumer<byte[]> ofTopics(Mailbox one, Mailbox other) throws Exception {
    return mailbox
        .client()
        .newConsumer(Schema.BYTES)
        .topics(List.of(one.topic(), other.topic()))
        .subscriptionName(Mailbox.SUBSCRIPTION)
        .subscriptionType(SubscriptionType.Exclusive)
        .subscribe();
  }

  /**
   * Three messages to a listener that throws at the second one, once it has acknowledged it.
   *
   * @param queue how many messages the client may fetch before it calls the listener
   */
  void failing(int queue) throws Exception {
    CountDownLatch done = new CountDownLatch(3);
    MessageListener<byte[]> listener =
        (consumer, message) -> {
          consumer.acknowledgeAsync(message).thenRun(done::countDown);
          if (new String(message.getData(), StandardCharsets.UTF_8).equals("message 1")) {
            throw new IllegalStateException("the listener failed");
          }
        };
    try (Consumer<byte[]> consumer =
        mailbox
            .consumer(SubscriptionType.Shared)
            .receiverQueueSize(queue)
            .messageListener(listener)
            .subscribe()) {
      mailbox.send(3);
      Mailbox.await(done);
    }
  }

  /** Five messages of a reader, which acknowledges by itself. */
  void reader() throws Exception {
    mailbox.send(5);
    try (Reader<byte[]> reader =
        mailbox
            .client()
            .newReader(Schema.BYTES)
            .topic(mailbox.topic())
            .startMessageId(MessageId.earliest)
            .create()) {
      for (int i = 0; i < 5; i++) {
        reader.readNext();
      }
    }
  }

  /** Five messages of a topic that is not persistent. */
  void once() throws Exception {
    Mailbox once = new Mailbox(mailbox.client(), "non-persistent://public/default/once");
    try (Consumer<byte[]> consumer = once.shared()) {
      once.send(5);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 5));
    }
  }

  /** Many messages in batches: the first half is acknowledged singly, the second cumulatively. */
  void many(int messages) throws Exception {
    try (Consumer<byte[]> consumer = mailbox.exclusive()) {
      mailbox.sendBatches(messages, 1_000);
      CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
      Message<byte[]> message = null;
      for (int i = 0; i < messages; i++) {
        message = consumer.receive();
        if (i < messages / 2) {
          settled = consumer.acknowledgeAsync(message);
        }
      }
      settled.get(1, TimeUnit.MINUTES);
      consumer.acknowledgeCumulative(message);
    }
  }
}
