package com.example.pulsar;

import java.util.List;
import org.apache.pulsar.client.api.Consumer;
import org.apache.pulsar.client.api.Message;
import org.apache.pulsar.client.api.PulsarClientException;

/** Ways to settle messages. */
record Settling(Mailbox mailbox) {
  /** Ten messages: one is acknowledged by itself, then the first four, these again, then seven. */
  void cumulative() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.exclusive()) {
      mailbox.send(10);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 10);
      consumer.acknowledge(messages.get(1));
      consumer.acknowledgeCumulative(messages.get(3));
      consumer.acknowledgeCumulative(messages.get(3));
      consumer.acknowledgeCumulative(messages.get(6));
    }
  }

  /** Ten messages in two batches: the first six are acknowledged. */
  void cumulativeBatch() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.exclusive()) {
      mailbox.sendBatches(10, 5);
      consumer.acknowledgeCumulative(Mailbox.receive(consumer, 10).get(5));
    }
  }

  /** A message is acknowledged twice. */
  void twice() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      mailbox.send(1);
      List<Message<byte[]>> messages = Mailbox.receive(consumer, 1);
      Mailbox.acknowledge(consumer, messages);
      Mailbox.acknowledge(consumer, messages);
    }
  }

  /** Ten messages of a consumer that is closed before they are settled. */
  void closed() throws Exception {
    try (Consumer<byte[]> consumer = mailbox.shared()) {
      mailbox.send(10);
      Mailbox.receive(consumer, 10);
    }
  }

  /** An acknowledgement fails, because the consumer is closed. */
  void failed() throws Exception {
    Consumer<byte[]> consumer = mailbox.shared();
    mailbox.send(1);
    Message<byte[]> message = Mailbox.receive(consumer, 1).get(0);
    consumer.close();
    try {
      consumer.acknowledge(message);
    } catch (PulsarClientException expected) {
      return;
    }
    throw new IllegalStateException("the acknowledgement must fail");
  }
}
