package com.example.springkafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.kafka.listener.AcknowledgingMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.MessageListener;

/** Listeners that succeed. */
final class Acks {
  private final Cluster cluster;
  private final String topic;

  Acks(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  private void run(AckMode mode, int threads, int messages) throws Exception {
    CountDownLatch done = new CountDownLatch(messages);
    MessageListener<String, String> listener = message -> done.countDown();
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.setConcurrency(threads);
    container.getContainerProperties().setAckMode(mode);
    cluster.topicWith(topic, threads, messages);
    Cluster.run(container, done);
  }

  /** Five messages, each of which the container commits. */
  void each() throws Exception {
    run(AckMode.RECORD, 1, 5);
  }

  /** Eight messages, which the container commits together. */
  void atOnce() throws Exception {
    run(AckMode.BATCH, 1, 8);
  }

  /** A hundred thousand messages. */
  void many() throws Exception {
    run(AckMode.BATCH, 1, 100_000);
  }

  /** Twenty messages of two partitions, for a container of two threads. */
  void twoThreads() throws Exception {
    run(AckMode.BATCH, 2, 20);
  }

  /** Five messages, of which the listener acknowledges each while it has it. */
  void byHand() throws Exception {
    CountDownLatch done = new CountDownLatch(5);
    AcknowledgingMessageListener<String, String> listener =
        (message, acknowledgment) -> {
          acknowledgment.acknowledge();
          done.countDown();
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.getContainerProperties().setAckMode(AckMode.MANUAL_IMMEDIATE);
    cluster.topicWith(topic, 1, 5);
    Cluster.run(container, done);
  }

  /** Six messages, which Kafka's client commits by itself. */
  void byKafka() throws Exception {
    CountDownLatch done = new CountDownLatch(6);
    MessageListener<String, String> listener = message -> done.countDown();
    cluster.topicWith(topic, 1, 6);
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(
            topic, listener, "enable.auto.commit", true, "auto.commit.interval.ms", 100);
    container.start();
    Cluster.await(done);
    cluster.awaitCommit(topic, 6); // the container stops without a commit
    container.stop();
  }

  /** Three messages that the listener does not acknowledge. */
  void never() throws Exception {
    CountDownLatch done = new CountDownLatch(3);
    AcknowledgingMessageListener<String, String> listener =
        (message, acknowledgment) -> done.countDown();
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.getContainerProperties().setAckMode(AckMode.MANUAL);
    cluster.topicWith(topic, 1, 3);
    Cluster.run(container, done);
  }

  /** Three messages, the second of which the listener gives back once. */
  void nacked() throws Exception {
    CountDownLatch done = new CountDownLatch(4);
    AtomicInteger seconds = new AtomicInteger();
    AcknowledgingMessageListener<String, String> listener =
        (message, acknowledgment) -> {
          if (message.value().equals("m1") && seconds.incrementAndGet() == 1) {
            acknowledgment.nack(Duration.ofMillis(10));
          } else {
            acknowledgment.acknowledge();
          }
          done.countDown();
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.getContainerProperties().setAckMode(AckMode.MANUAL);
    cluster.topicWith(topic, 1, 3);
    Cluster.run(container, done);
  }

  /** Ten messages, all of which the container has fetched when it is stopped at the first one. */
  void stopped() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    MessageListener<String, String> listener =
        message -> {
          first.countDown();
          awaitQuietly(go);
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.getContainerProperties().setStopImmediate(true);
    cluster.topicWith(topic, 1, 10);
    container.start();
    Cluster.await(first);
    CountDownLatch stopped = new CountDownLatch(1);
    container.stop(stopped::countDown);
    go.countDown();
    Cluster.await(stopped);
  }

  /** Five messages, a restart of the broker, and five more. */
  void restart() throws Exception {
    CountDownLatch before = new CountDownLatch(5);
    CountDownLatch after = new CountDownLatch(10);
    MessageListener<String, String> listener =
        message -> {
          before.countDown();
          after.countDown();
        };
    ConcurrentMessageListenerContainer<String, String> container =
        cluster.container(topic, listener);
    container.getContainerProperties().setAckMode(AckMode.RECORD);
    cluster.topicWith(topic, 1, 5);
    container.start();
    Cluster.await(before);
    System.out.println("restart the broker");
    while (System.in.read() != '\n') {
      Thread.onSpinWait();
    }
    cluster.send(topic, 1, 5);
    Cluster.await(after);
    container.stop();
  }

  /** Ten messages, the first of which the listener still has when the process ends. */
  void waiting() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    MessageListener<String, String> listener =
        message -> {
          first.countDown();
          awaitQuietly(new CountDownLatch(1));
        };
    cluster.topicWith(topic, 1, 10);
    cluster.container(topic, listener).start();
    Cluster.await(first);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
