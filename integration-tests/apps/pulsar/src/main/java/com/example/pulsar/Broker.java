package com.example.pulsar;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.SubscriptionType;
import org.apache.pulsar.client.api.transaction.Transaction;

/** What only the broker decides: the outcome of transactions, and what comes after its restart. */
record Broker(Mailbox mailbox) {
  /** Five messages, three of which are acknowledged in a transaction that is committed. */
  void committed() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      mailbox.send(5);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 5);
      Transaction transaction = begin();
      acknowledge(consumer, messages.subList(0, 3), transaction);
      transaction.commit().get(1, TimeUnit.MINUTES);
    }
  }

  /**
   * Three messages, two of which are acknowledged in a transaction that is rolled back, so that
   * they come again; then all three are acknowledged.
   */
  void aborted() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      mailbox.send(3);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 3);
      Transaction transaction = begin();
      acknowledge(consumer, messages.subList(0, 2), transaction);
      transaction.abort().get(1, TimeUnit.MINUTES);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 2));
      consumer.acknowledge(messages.get(2));
    }
  }

  /** Ten messages of an exclusive subscription: six are acknowledged at once in a transaction. */
  void committedCumulatively() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.exclusive()) {
      mailbox.send(10);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 10);
      Transaction transaction = begin();
      consumer
          .acknowledgeCumulativeAsync(messages.get(5).getMessageId(), transaction)
          .get(1, TimeUnit.MINUTES);
      transaction.commit().get(1, TimeUnit.MINUTES);
    }
  }

  private Transaction begin() throws Exception {
    return mailbox
        .client()
        .newTransaction()
        .withTransactionTimeout(5, TimeUnit.MINUTES)
        .build()
        .get(1, TimeUnit.MINUTES);
  }

  private static void acknowledge(
      Consumer<byte[]> consumer, List<Message<byte[]>> messages, Transaction transaction)
      throws Exception {
    for (Message<byte[]> message : messages) {
      consumer.acknowledgeAsync(message.getMessageId(), transaction).get(1, TimeUnit.MINUTES);
    }
  }

  /**
   * Six messages, of which four are received and two acknowledged before the broker restarts; then
   * the other four come, two of them once more. The consumer receives nothing until it is connected
   * again: of the two that it has not received, it may hold both, one or none, and one received
   * before the client forgets what it holds would come twice.
   */
  void restart() throws Exception {
    try (Consumer<byte[]> consumer =
        mailbox
            .consumer(SubscriptionType.Shared)
            .acknowledgmentGroupTime(0, TimeUnit.MILLISECONDS)
            .isAckReceiptEnabled(true)
            .subscribe()) {
      mailbox.send(6);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 4);
      Mailbox.acknowledge(consumer, messages.subList(0, 2));
      System.out.println("restart the broker");
      if (System.in.read() < 0) {
        throw new IllegalStateException("the broker was not restarted");
      }
      awaitNewConnection(consumer);
      Mailbox.acknowledge(consumer, Mailbox.receive(consumer, 4));
    }
  }

  private static void awaitNewConnection(Consumer<byte[]> consumer) throws InterruptedException {
    do {
      TimeUnit.MILLISECONDS.sleep(100); // the client notes the time before it drops the connection
    } while (consumer.getLastDisconnectedTimestamp() == 0);
    do {
      TimeUnit.MILLISECONDS.sleep(100);
    } while (!consumer.isConnected());
  }
}
