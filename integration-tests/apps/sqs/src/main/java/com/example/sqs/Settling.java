package com.example.sqs;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Ways to settle messages with the blocking client. */
record Settling(Server server, SqsClient client, String queue) {
  /** Ten messages, each deleted by itself. */
  void plain() {
    Mailbox mailbox = Mailbox.with(client, queue, 10);
    for (int i = 0; i < 10; i++) {
      mailbox.delete(mailbox.receive(1).get(0));
    }
  }

  /** Ten messages are deleted in one batch, with a receipt that is none, and again without it. */
  void batch() {
    Mailbox mailbox = Mailbox.with(client, queue, 10);
    List<DeleteMessageBatchRequestEntry> entries =
        Mailbox.deletions(mailbox.receive(10)).subList(0, 9);
    entries.add(DeleteMessageBatchRequestEntry.builder().id("bad").receiptHandle("none").build());
    if (mailbox.delete(entries) != 1) {
      throw new IllegalStateException("one deletion must fail");
    }
    mailbox.delete(entries.subList(0, 9));
  }

  /** A message that is deleted twice, which Amazon's servers allow and others refuse. */
  void twice() {
    Mailbox mailbox = Mailbox.with(client, queue, 1);
    Message message = mailbox.receive(1).get(0);
    mailbox.delete(message);
    try {
      mailbox.delete(message);
    } catch (SqsException refused) {
      System.out.println("refused");
    }
  }

  /**
   * Four messages are given back, two of them in a batch with a receipt that is none and a message
   * that is kept; then the four are deleted.
   */
  void givenBack() {
    Mailbox mailbox = Mailbox.with(client, queue, 5);
    List<Message> messages = mailbox.receive(5);
    mailbox.visibility(messages.get(0), 0);
    mailbox.visibility(messages.get(1), 0);
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        List.of(
            Mailbox.change("a", messages.get(2).receiptHandle(), 0),
            Mailbox.change("b", messages.get(3).receiptHandle(), 0),
            Mailbox.change("c", messages.get(4).receiptHandle(), 40),
            Mailbox.change("d", "none", 0));
    if (client
            .changeMessageVisibilityBatch(b -> b.queueUrl(mailbox.url()).entries(entries))
            .failed()
            .size()
        != 1) {
      throw new IllegalStateException("one change must fail");
    }
    mailbox.delete(Mailbox.deletions(mailbox.receive(4)));
    mailbox.visibility(messages.get(4), 50);
  }

  /** A message is given back twice, becomes a dead letter, is received twice there and deleted. */
  void dead() {
    Mailbox mailbox = Mailbox.withDeadLetters(client, queue, 2).send(1);
    mailbox.visibility(mailbox.receive(1).get(0), 0);
    mailbox.visibility(mailbox.receive(1).get(0), 0);
    client.receiveMessage(r -> r.queueUrl(mailbox.url())); // moves it, and gets nothing
    Mailbox dead = mailbox.dead();
    dead.visibility(dead.receive(1).get(0), 0);
    dead.delete(dead.receive(1).get(0));
  }

  /** Ten messages of a client that is closed before they are settled. */
  void closed() {
    try (SqsClient other = server.client()) {
      Mailbox.with(other, queue, 10).receive(10);
    }
  }

  /** Requests that fail, for a queue that does not exist and for receipts that are none. */
  void failed() {
    Mailbox mailbox = Mailbox.make(client, queue, java.util.Map.of());
    Mailbox missing = new Mailbox(client, mailbox.url() + "-missing");
    Message unknown = Message.builder().receiptHandle("none").build();
    fails(() -> missing.receive(1));
    fails(() -> missing.delete(unknown));
    fails(() -> mailbox.delete(unknown));
    fails(() -> mailbox.visibility(unknown, 0));
  }

  private static void fails(Runnable request) {
    try {
      request.run();
    } catch (SqsException expected) {
      return;
    }
    throw new IllegalStateException("the request must fail");
  }
}
