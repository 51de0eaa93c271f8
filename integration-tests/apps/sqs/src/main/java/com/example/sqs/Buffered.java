package com.example.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The batch manager, which older releases lack. */
public final class Buffered {
  private Buffered() {}

  /**
   * Four of ten messages are received one by one and deleted, of which the manager fetched all ten
   * in one request; one more is received in a request that is not batched, after the manager has
   * given those back that it still had.
   */
  public static void play(java.net.URI address, String queue) {
    Server server = new Server(address);
    Names names = new Names();
    try (SqsClient client = server.client();
        SqsAsyncClient async = server.async(names)) {
      Mailbox mailbox = Mailbox.with(client, queue, 10);
      try (SqsAsyncBatchManager manager = async.batchManager()) {
        List<Message> messages = new ArrayList<>();
        while (messages.size() < 4) {
          messages.addAll(
              manager
                  .receiveMessage(r -> r.queueUrl(mailbox.url()).maxNumberOfMessages(1))
                  .join()
                  .messages());
        }
        boolean asked = messages.stream().anyMatch(Message::hasAttributes);
        System.out.println(
            "requests: " + (names.requests() < 4 ? "fewer than messages" : names.requests()));
        System.out.println("sent: " + new TreeSet<>(names.last()) + ", seen: " + asked);
        List<CompletableFuture<?>> deleted = new ArrayList<>();
        for (Message message : messages) {
          deleted.add(
              manager.deleteMessage(
                  d -> d.queueUrl(mailbox.url()).receiptHandle(message.receiptHandle())));
        }
        CompletableFuture.allOf(deleted.toArray(CompletableFuture[]::new)).join();
      }
      try (SqsAsyncBatchManager manager = async.batchManager()) {
        List<Message> direct = new ArrayList<>();
        while (direct.isEmpty()) {
          direct.addAll(
              manager
                  .receiveMessage(
                      r ->
                          r.queueUrl(mailbox.url())
                              .maxNumberOfMessages(1)
                              .messageSystemAttributeNames(
                                  MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                  .join()
                  .messages());
        }
        System.out.println("direct: " + direct.get(0).attributesAsStrings().keySet());
      }
    }
  }
}
