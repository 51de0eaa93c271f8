package com.example.pulsar;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.DeadLetterPolicy;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.SubscriptionType;

/** Ways to give messages back. */
record Redelivering(Mailbox mailbox) {
  /** Three messages, of which one is given back; then all are acknowledged. */
  void nacked() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      mailbox.send(3);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 3);
      Mailbox.acknowledge(consumer, messages.subList(0, 2));
      consumer.negativeAcknowledge(messages.get(2));
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 1));
    }
  }

  /**
   * Three messages of an exclusive subscription: one is acknowledged, one is given back, and with
   * it comes the third one again.
   */
  void allNacked() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.exclusive()) {
      mailbox.send(3);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 3);
      consumer.acknowledge(messages.get(0));
      consumer.negativeAcknowledge(messages.get(1));
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 2));
    }
  }

  /**
   * Four messages of one batch: two are acknowledged, one is given back, and with it comes the
   * fourth one again.
   */
  void partOfBatch() throws Exception {
    try (Consumer<byte[]> consumer =
        mailbox
            .consumer(SubscriptionType.Shared)
            .enableBatchIndexAcknowledgment(true)
            .acknowledgmentGroupTime(0, TimeUnit.MILLISECONDS)
            .subscribe()) {
      mailbox.sendBatches(4, 4);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 4);
      Mailbox.acknowledge(consumer, messages.subList(0, 2));
      consumer.negativeAcknowledge(messages.get(2));
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 2));
    }
  }

  /** A message is given back until it is a dead letter, which is received and acknowledged. */
  void dead() throws Exception {
    Mailbox dead = mailbox.other("-dead");
    DeadLetterPolicy policy =
        DeadLetterPolicy.builder().maxRedeliverCount(2).deadLetterTopic(dead.topic()).build();
    try (Consumer<byte[]> consumer =
            mailbox.consumer(SubscriptionType.Shared).deadLetterPolicy(policy).subscribe();
        Consumer<byte[]> ofDead = dead.shared()) {
      mailbox.send(1);
      for (int delivery = 1; delivery <= 3; delivery++) {
        consumer.negativeAcknowledge(Mailbox.receive(consumer, 1).get(0));
      }
      Mailbox.acknowledge(ofDead, Mailbox.receive(ofDead, 1));
    }
  }

  /**
   * A message is to be consumed later, once by the topic for that, and then once too often, so that
   * it is a dead letter.
   */
  void retry() throws Exception {
    Mailbox later = mailbox.other("-later");
    Mailbox dead = mailbox.other("-dead");
    DeadLetterPolicy policy =
        DeadLetterPolicy.builder()
            .maxRedeliverCount(1)
            .retryLetterTopic(later.topic())
            .deadLetterTopic(dead.topic())
            .build();
    try (Consumer<byte[]> consumer =
            mailbox
                .consumer(SubscriptionType.Shared)
                .enableRetry(true)
                .deadLetterPolicy(policy)
                .subscribe();
        Consumer<byte[]> ofDead = dead.shared()) {
      mailbox.send(1);
      for (int delivery = 1; delivery <= 2; delivery++) {
        consumer.reconsumeLater(Mailbox.receive(consumer, 1).get(0), 1, TimeUnit.MILLISECONDS);
      }
      Mailbox.acknowledge(ofDead, Mailbox.receive(ofDead, 1));
    }
  }

  /** A message is not settled in time, so it comes again. */
  void timeout() throws Exception {
    try (Consumer<byte[]> consumer =
        mailbox
            .consumer(SubscriptionType.Shared)
            .ackTimeout(1, TimeUnit.SECONDS)
            .ackTimeoutTickTime(200, TimeUnit.MILLISECONDS)
            .subscribe()) {
      mailbox.send(1);
      Mailbox.receive(consumer, 1);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 1));
    }
  }
}
