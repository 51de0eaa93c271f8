package com.example.springkafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners that get all messages of a poll. */
final class Batches {
  private final Cluster cluster;
  private final String topic;

  Batches(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  private static void count(List<?> messages, CountDownLatch done) {
    messages.forEach(message -> done.countDown());
  }

  /** Five hundred messages. */
  void batch() throws Exception {
    CountDownLatch done = new CountDownLatch(500);
    BatchMessageListener<String, String> listener = messages -> count(messages, done);
    cluster.topicWith(topic, 1, 500);
    Cluster.run(cluster.container(topic, listener), done);
  }

  /** Five messages, the last three of which the listener gives back once. */
  void nacked() throws Exception {
    CountDownLatch done = new CountDownLatch(8);
    BatchAcknowledgingMessageListener<String, String> listener =
        (messages, acknowledgment) -> {
          if (messages.size() == 5) {
            acknowledgment.nack(2, Duration.ofMillis(10));
          } else {
            acknowledgment.acknowledge();
          }
          count(messages, done);
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.getContainerProperties().setAckMode(AckMode.MANUAL);
    cluster.topicWith(topic, 1, 5);
    Cluster.run(container, done);
  }

  /** Five messages, with which the listener fails once. */
  void retried() throws Exception {
    CountDownLatch done = new CountDownLatch(10);
    AtomicInteger calls = new AtomicInteger();
    BatchMessageListener<String, String> listener =
        messages -> {
          count(messages, done);
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
          }
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(10, 3)));
    cluster.topicWith(topic, 1, 5);
    Cluster.run(container, done);
  }

  /** Three messages, with which the listener fails twice, and which become dead letters. */
  void dead() throws Exception {
    CountDownLatch done = new CountDownLatch(6);
    BatchMessageListener<String, String> listener =
        messages -> {
          count(messages, done);
          throw new IllegalStateException("never");
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.setCommonErrorHandler(
        new DefaultErrorHandler(Retries.publisher(cluster), new FixedBackOff(10, 1)));
    cluster.topic(Retries.deadTopic(topic), 1);
    cluster.topicWith(topic, 1, 3);
    Cluster.run(container, done);
    Retries.takeDead(cluster, topic, 3);
  }

  /** Five messages, with the third of which the listener fails twice; it becomes a dead letter. */
  void partDead(boolean seeks) throws Exception {
    CountDownLatch done = new CountDownLatch(10);
    BatchMessageListener<String, String> listener =
        messages -> {
          count(messages, done);
          for (ConsumerRecord<String, String> message : messages) {
            if (message.value().equals("m2")) {
              throw new BatchListenerFailedException("not m2", message);
            }
          }
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    DefaultErrorHandler handler =
        new DefaultErrorHandler(Retries.publisher(cluster), new FixedBackOff(10, 1));
    handler.setSeekAfterError(seeks);
    container.setCommonErrorHandler(handler);
    cluster.topic(Retries.deadTopic(topic), 1);
    cluster.topicWith(topic, 1, 5);
    Cluster.run(container, done);
    Retries.takeDead(cluster, topic, 1);
  }
}
