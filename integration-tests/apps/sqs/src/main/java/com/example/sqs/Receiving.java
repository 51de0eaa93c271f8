package com.example.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** Ways to receive messages. */
record Receiving(Server server, SqsClient client, String queue) {
  private static final int THREADS = 4;
  private static final int TENTHS = 10;

  /** A client waits for a second, and no message comes. */
  void empty() {
    Mailbox mailbox = Mailbox.make(client, queue, Map.of());
    client.receiveMessage(r -> r.queueUrl(mailbox.url()).waitTimeSeconds(1));
  }

  /** Three messages stay in the queue and one is kept, by a client that is never closed. */
  void kept() {
    Mailbox mailbox = Mailbox.with(server.client(), queue, 4);
    mailbox.receive(1);
    mailbox
        .client()
        .getQueueAttributes(
            q ->
                q.queueUrl(mailbox.url())
                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  /** Two clients receive ten messages each and delete those of each other. */
  void two() {
    try (SqsClient first = server.client();
        SqsClient second = server.client()) {
      Mailbox one = Mailbox.with(first, queue, 20);
      Mailbox other = new Mailbox(second, one.url());
      List<Message> ones = one.receive(10);
      List<Message> others = other.receive(10);
      one.delete(Mailbox.deletions(others));
      other.delete(Mailbox.deletions(ones));
    }
  }

  /** Ten messages of the asynchronous client; one is given back, and all are deleted in the end. */
  void async() {
    Mailbox mailbox = Mailbox.with(client, queue, 10);
    try (SqsAsyncClient async = server.async()) {
      List<Message> messages = receive(async, mailbox.url(), 10);
      async
          .changeMessageVisibility(
              c ->
                  c.queueUrl(mailbox.url())
                      .receiptHandle(messages.get(0).receiptHandle())
                      .visibilityTimeout(0))
          .join();
      List<Message> rest = new ArrayList<>(messages.subList(1, 9));
      async
          .deleteMessage(
              d -> d.queueUrl(mailbox.url()).receiptHandle(messages.get(9).receiptHandle()))
          .join();
      rest.addAll(receive(async, mailbox.url(), 1));
      async
          .deleteMessageBatch(b -> b.queueUrl(mailbox.url()).entries(Mailbox.deletions(rest)))
          .join();
    }
  }

  private static List<Message> receive(SqsAsyncClient async, String url, int messages) {
    List<Message> received = new ArrayList<>();
    while (received.size() < messages) {
      ReceiveMessageResponse response =
          async
              .receiveMessage(
                  r ->
                      r.queueUrl(url)
                          .waitTimeSeconds(1)
                          .maxNumberOfMessages(messages - received.size()))
              .join();
      received.addAll(response.messages());
    }
    return received;
  }

  /** Prints which attributes the application sees for those that it asks for. */
  void attributes() {
    Names names = new Names();
    try (SqsClient watched = server.client(names);
        SqsAsyncClient async = server.async()) {
      Mailbox mailbox = Mailbox.with(watched, queue, 4);
      show("nothing", mailbox.receive(1).get(0));
      System.out.println("sent: " + new TreeSet<>(names.last()));
      show("nothing, asynchronously", receive(async, mailbox.url(), 1).get(0));
      show(
          "some",
          mailbox.receive(1, r -> r.attributeNamesWithStrings("SenderId", "SentTimestamp")).get(0));
      System.out.println("sent: " + new TreeSet<>(names.last()));
      show("all", mailbox.receive(1, r -> r.attributeNamesWithStrings("All")).get(0));
      System.out.println("sent: " + new TreeSet<>(names.last()));
    }
  }

  private static void show(String asked, Message message) {
    Set<String> seen = new TreeSet<>(message.attributesAsStrings().keySet());
    Message same = message.toBuilder().attributesWithStrings(message.attributesAsStrings()).build();
    System.out.println(
        asked
            + ": "
            + seen
            + (message.hasAttributes() ? "" : ", has none")
            + (message.equals(same) ? "" : ", differs")
            + (message.body() == null || message.md5OfBody() == null ? ", incomplete" : ""));
  }

  /** Many messages, in batches of ten, by four threads with a client each; prints each tenth. */
  void many() throws Exception {
    int all = Integer.getInteger("many", 100_000);
    Mailbox made = Mailbox.make(client, queue, Map.of());
    AtomicInteger left = new AtomicInteger(all);
    AtomicInteger sent = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(
          () -> {
            try (SqsClient own = server.client()) {
              Mailbox mailbox = new Mailbox(own, made.url());
              for (int part = 0; part < TENTHS; part++) {
                mailbox.send(all / THREADS / TENTHS);
                print(sent.addAndGet(all / THREADS / TENTHS), all, "sent");
              }
              while (left.get() > 0) {
                List<Message> messages =
                    own.receiveMessage(
                            r -> r.queueUrl(mailbox.url()).maxNumberOfMessages(Mailbox.BATCH))
                        .messages();
                if (!messages.isEmpty()) {
                  mailbox.delete(Mailbox.deletions(messages));
                  print(all - left.addAndGet(-messages.size()), all, "deleted");
                }
              }
            }
            return null;
          });
    }
    for (Future<Void> task : threads.invokeAll(tasks)) {
      task.get();
    }
    threads.shutdown();
  }

  private static void print(int done, int all, String what) {
    if (done % (all / TENTHS) == 0) {
      System.out.println(what + " " + done / (all / TENTHS));
    }
  }

  /**
   * Two of five messages are deleted before the broker restarts, one with a receipt of before the
   * restart, and two that are received after it.
   */
  void restart() throws Exception {
    Mailbox mailbox = Mailbox.with(client, queue, 5);
    List<Message> before = mailbox.receive(3);
    mailbox.delete(Mailbox.deletions(before.subList(0, 2)));
    System.out.println("restart the broker");
    if (System.in.read() < 0) {
      throw new IllegalStateException("the broker was not restarted");
    }
    while (true) {
      try {
        mailbox.delete(before.get(2));
        break;
      } catch (SdkException stillAway) {
        Thread.onSpinWait();
      }
    }
    mailbox.delete(Mailbox.deletions(mailbox.receive(2)));
  }
}
