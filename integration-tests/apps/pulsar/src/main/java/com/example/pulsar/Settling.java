package com.example.pulsar;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.PulsarClientException;
import org.apache.pulsar.client.api.SubscriptionType;
import org.apache.pulsar.client.api.transaction.Transaction;

/** Ways to settle messages. */
record Settling(Mailbox mailbox) {
  /** Ten messages: one is acknowledged by itself, then the first four, these again, then seven. */
  void cumulative() throws Exception {
    try (Consumer<String> consumer = mailbox.exclusive()) {
      mailbox.send(10);
      List<Message<String>> messages = Mailbox.receive(consumer, 10);
      consumer.acknowledge(messages.get(1));
      consumer.acknowledgeCumulative(messages.get(3));
      consumer.acknowledgeCumulative(messages.get(3));
      consumer.acknowledgeCumulative(messages.get(6));
    }
  }

  /** Ten messages in two batches: the first six are acknowledged. */
  void cumulativeBatch() throws Exception {
    try (Consumer<String> consumer = mailbox.exclusive()) {
      mailbox.sendBatches(10, 5);
      consumer.acknowledgeCumulative(Mailbox.receive(consumer, 10).get(5));
    }
  }

  /** A message is acknowledged twice. */
  void twice() throws Exception {
    try (Consumer<String> consumer = mailbox.shared()) {
      mailbox.send(1);
      List<Message<String>> messages = Mailbox.receive(consumer, 1);
      Mailbox.acknowledge(consumer, messages);
      Mailbox.acknowledge(consumer, messages);
    }
  }

  /** Ten messages of a consumer that is closed before they are settled. */
  void closed() throws Exception {
    try (Consumer<String> consumer = mailbox.shared()) {
      mailbox.send(10);
      Mailbox.receive(consumer, 10);
    }
  }

  /** An acknowledgement fails, because the consumer is closed. */
  void failed() throws Exception {
    Consumer<String> consumer = mailbox.shared();
    mailbox.send(1);
    Message<String> message = Mailbox.receive(consumer, 1).get(0);
    consumer.close();
    try {
      consumer.acknowledge(message);
    } catch (PulsarClientException expected) {
      return;
    }
    throw new IllegalStateException("the acknowledgement must fail");
  }

  /**
   * Four messages: two are acknowledged in a transaction that is committed, two in one that is
   * rolled back; these come again, and are acknowledged.
   */
  void transaction() throws Exception {
    try (Consumer<String> consumer = mailbox.shared()) {
      mailbox.send(4);
      List<Message<String>> messages = Mailbox.receive(consumer, 4);
      Transaction committed = begin();
      consumer.acknowledgeAsync(messages.get(0).getMessageId(), committed).get();
      consumer.acknowledgeAsync(messages.get(1).getMessageId(), committed).get();
      committed.commit().get();
      Transaction aborted = begin();
      consumer.acknowledgeAsync(messages.get(2).getMessageId(), aborted).get();
      consumer.acknowledgeAsync(messages.get(3).getMessageId(), aborted).get();
      aborted.abort().get();
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 2));
    }
  }

  private Transaction begin() throws Exception {
    return mailbox
        .client()
        .newTransaction()
        .withTransactionTimeout(1, TimeUnit.MINUTES)
        .build()
        .get();
  }

  /**
   * Five messages, of which three are settled when the broker restarts; then the two others come
   * again, and two more are sent.
   */
  void restart() throws Exception {
    try (Consumer<String> consumer =
        mailbox
            .consumer(SubscriptionType.Shared)
            .isAckReceiptEnabled(true) // so that no acknowledgement is lost on the way
            .subscribe()) {
      mailbox.send(5);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 5).subList(0, 3));
      System.out.println("restart the broker");
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody restarts the broker");
      }
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 2));
      mailbox.send(2);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 2));
    }
  }
}
