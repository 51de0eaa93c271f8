package com.example.rabbitmq;

import com.example.rabbitmq.Mailbox.Inbox;
import com.rabbitmq.client.Channel;
import java.util.Map;

/** Scenarios of settling. Each leaves its queue empty, unless its comment says otherwise. */
final class Settling {
  private final Mailbox mailbox;

  Settling(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Five messages with three acknowledgements: of one, up to the third, and of all. */
  void multiple() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c", "d", "e");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    inbox.take();
    channel.basicAck(inbox.take(), false);
    channel.basicAck(inbox.take(), true);
    inbox.take();
    inbox.take();
    channel.basicAck(0, true);
    Mailbox.close(channel);
  }

  /** A message is given back until the quorum queue makes it a dead letter. */
  void redelivery() throws Exception {
    mailbox.declareWithDeadLetters(Map.of("x-queue-type", "quorum", "x-delivery-limit", 2));
    mailbox.send("a");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    for (int delivery = 1; delivery <= 3; delivery++) {
      channel.basicNack(inbox.take(), false, true);
    }
    Inbox dead = Mailbox.consume(channel, mailbox.dead());
    channel.basicAck(dead.take(), false);
    Mailbox.close(channel);
  }

  /** Three messages are refused for good, one by one and together. */
  void rejected() throws Exception {
    mailbox.declareWithDeadLetters(Map.of());
    mailbox.send("a", "b", "c");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    channel.basicReject(inbox.take(), false);
    inbox.take();
    channel.basicNack(inbox.take(), true, false);
    Inbox dead = Mailbox.consume(channel, mailbox.dead());
    for (int i = 0; i < 3; i++) {
      channel.basicAck(dead.take(), false);
    }
    Mailbox.close(channel);
  }

  /** Two messages are recovered, and acknowledged when they are redelivered. */
  void recover() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    inbox.take();
    inbox.take();
    channel.basicRecover(true);
    inbox.take();
    channel.basicAck(inbox.take(), true);
    Mailbox.close(channel);
  }

  /** Two messages expire; the first of them is given back once by the consumer of dead letters. */
  void expiry() throws Exception {
    mailbox.declareWithDeadLetters(Map.of("x-message-ttl", 50));
    mailbox.send("a", "b");
    Channel channel = mailbox.channel();
    channel.basicQos(1);
    Inbox dead = Mailbox.consume(channel, mailbox.dead());
    channel.basicReject(dead.take(), true);
    channel.basicAck(dead.take(), false);
    channel.basicAck(dead.take(), false);
    Mailbox.close(channel);
  }

  /**
   * Two acknowledgements are committed. Two are rolled back, after which the messages are
   * recovered; the acknowledgements of their redelivery are committed.
   */
  void transaction() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c", "d");
    Channel channel = mailbox.channel();
    channel.txSelect();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    channel.basicAck(inbox.take(), false);
    channel.basicAck(inbox.take(), false);
    channel.txCommit();
    channel.basicAck(inbox.take(), false);
    channel.basicReject(inbox.take(), false);
    channel.txRollback();
    channel.basicRecover(true);
    inbox.take();
    channel.basicAck(inbox.take(), true);
    channel.txCommit();
    Mailbox.close(channel);
  }

  /** A message is acknowledged without a commit; it stays in the queue. */
  void uncommitted() throws Exception {
    mailbox.declare();
    mailbox.send("a");
    Channel channel = mailbox.channel();
    channel.txSelect();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    channel.basicAck(inbox.take(), false);
    Mailbox.close(channel);
  }

  /** Two messages are received and not acknowledged; they stay in the queue. */
  void abandoned() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    inbox.take();
    inbox.take();
    Mailbox.close(channel);
  }

  /** A message is acknowledged after its consumer is cancelled, which the channel allows. */
  void cancelled() throws Exception {
    mailbox.declare();
    mailbox.send("a");
    Channel channel = mailbox.channel();
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    long tag = inbox.take();
    channel.basicCancel(inbox.getConsumerTag());
    channel.basicAck(tag, false);
    Mailbox.close(channel);
  }

  /**
   * The broker restarts while two of three messages are not acknowledged. Afterwards the
   * application acknowledges them by their old numbers, which the client ignores, and then all
   * three by the new ones.
   */
  void restart() throws Exception {
    mailbox.declare();
    mailbox.send("a", "b", "c");
    Channel channel = mailbox.channel();
    channel.basicQos(2);
    Inbox inbox = Mailbox.consume(channel, mailbox.queue());
    long first = inbox.take();
    long second = inbox.take();
    System.out.println("restart the broker");
    final long again = inbox.take();
    channel.basicAck(first, false);
    channel.basicAck(second, false);
    channel.basicAck(again, false);
    channel.basicAck(inbox.take(), false);
    channel.basicAck(inbox.take(), false);
    Mailbox.close(channel);
  }
}
