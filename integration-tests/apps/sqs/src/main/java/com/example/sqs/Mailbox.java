package com.example.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** A scenario's queue, by a blocking client. */
record Mailbox(SqsClient client, String url) {
  static final int BATCH = 10;
  private static final int PATIENCE_SECONDS = 60;

  /** Makes a queue, and has it filled with messages. */
  static Mailbox with(SqsClient client, String queue, int messages) {
    return make(client, queue, Map.of()).send(messages);
  }

  static Mailbox make(SqsClient client, String queue, Map<QueueAttributeName, String> settings) {
    return new Mailbox(
        client, client.createQueue(q -> q.queueName(queue).attributes(settings)).queueUrl());
  }

  /** Makes a queue whose messages go to another one after a number of deliveries. */
  static Mailbox withDeadLetters(SqsClient client, String queue, int deliveries) {
    Mailbox dead = make(client, queue + "-dead", Map.of());
    String arn =
        client
            .getQueueAttributes(
                q -> q.queueUrl(dead.url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String policy =
        "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + deliveries + "}";
    return make(client, queue, Map.of(QueueAttributeName.REDRIVE_POLICY, policy));
  }

  Mailbox dead() {
    return new Mailbox(client, url + "-dead");
  }

  Mailbox send(int messages) {
    for (int first = 0; first < messages; first += BATCH) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
      for (int i = first; i < Math.min(messages, first + BATCH); i++) {
        entries.add(
            SendMessageBatchRequestEntry.builder().id("m" + i).messageBody("message " + i).build());
      }
      client.sendMessageBatch(b -> b.queueUrl(url).entries(entries));
    }
    return this;
  }

  /** Receives exactly a number of messages. */
  List<Message> receive(int messages) {
    return receive(messages, request -> request);
  }

  List<Message> receive(int messages, UnaryOperator<ReceiveMessageRequest.Builder> settings) {
    List<Message> received = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (received.size() < messages) {
      ReceiveMessageRequest.Builder request =
          ReceiveMessageRequest.builder()
              .queueUrl(url)
              .waitTimeSeconds(1)
              .maxNumberOfMessages(Math.min(BATCH, messages - received.size()));
      received.addAll(client.receiveMessage(settings.apply(request).build()).messages());
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(received.size() + " messages came, not " + messages);
      }
    }
    return received;
  }

  void delete(Message message) {
    client.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
  }

  void visibility(Message message, int seconds) {
    client.changeMessageVisibility(
        c -> c.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }

  static List<DeleteMessageBatchRequestEntry> deletions(List<Message> messages) {
    List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Message message : messages) {
      entries.add(
          DeleteMessageBatchRequestEntry.builder()
              .id("d" + entries.size())
              .receiptHandle(message.receiptHandle())
              .build());
    }
    return entries;
  }

  static ChangeMessageVisibilityBatchRequestEntry change(String id, String receipt, int seconds) {
    return ChangeMessageVisibilityBatchRequestEntry.builder()
        .id(id)
        .receiptHandle(receipt)
        .visibilityTimeout(seconds)
        .build();
  }

  /** Returns how many deletions of a batch have failed. */
  int delete(List<DeleteMessageBatchRequestEntry> entries) {
    return client.deleteMessageBatch(b -> b.queueUrl(url).entries(entries)).failed().size();
  }
}
