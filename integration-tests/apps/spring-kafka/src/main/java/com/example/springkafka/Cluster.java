package com.example.springkafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** The broker, and Spring's clients of it. */
final class Cluster implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final String servers;
  private final DefaultKafkaProducerFactory<String, String> producers;

  Cluster(String servers) {
    this.servers = servers;
    producers = producers();
  }

  /** Makes producers of their own; they have to be destroyed. */
  DefaultKafkaProducerFactory<String, String> producers(Object... settings) {
    return new DefaultKafkaProducerFactory<>(
        with(settings), new StringSerializer(), new StringSerializer());
  }

  KafkaTemplate<String, String> template() {
    return new KafkaTemplate<>(producers);
  }

  /**
   * Makes a topic and waits until the broker serves its partitions. A producer that is faster may
   * lose its first batch and then waits for two minutes, since its next batches were taken before.
   */
  void topic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (int partition = 0; partition < partitions; partition++) {
        ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
      }
      awaitLeaders(admin, ends);
    }
  }

  private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends)
      throws Exception {
    while (true) {
      try {
        admin.listOffsets(ends).all().get();
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException)) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  /** Makes a topic and sends it messages {@code m0}, {@code m1} and so on. */
  void topicWith(String name, int partitions, int messages) throws Exception {
    topic(name, partitions);
    send(name, partitions, messages);
  }

  /** Waits until the group of a topic's first partition has committed an offset. */
  void awaitCommit(String topic, long offset) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      OffsetAndMetadata committed = null;
      while (committed == null || committed.offset() < offset) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("committed: " + committed);
        }
        committed =
            admin
                .listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition);
      }
    }
  }

  void send(String topic, int partitions, int messages) {
    KafkaTemplate<String, String> template = template();
    for (int i = 0; i < messages; i++) {
      template.send(new ProducerRecord<>(topic, i % partitions, null, "m" + i));
    }
    template.flush();
  }

  DefaultKafkaConsumerFactory<String, String> consumers(Object... settings) {
    Map<String, Object> all = with(settings);
    all.put("auto.offset.reset", "earliest");
    return new DefaultKafkaConsumerFactory<>(
        all, new StringDeserializer(), new StringDeserializer());
  }

  private Map<String, Object> with(Object... settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", servers);
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return all;
  }

  /** Makes a container of one thread whose group has the topic's name. */
  ConcurrentMessageListenerContainer<String, String> container(
      String topic, Object listener, Object... settings) {
    ContainerProperties properties = new ContainerProperties(topic);
    properties.setGroupId(topic);
    properties.setMessageListener(listener);
    properties.setPollTimeout(200);
    return new ConcurrentMessageListenerContainer<>(consumers(settings), properties);
  }

  /** Runs a container until a latch is open. */
  static void run(ConcurrentMessageListenerContainer<String, String> container, CountDownLatch done)
      throws InterruptedException {
    container.start();
    await(done);
    container.stop();
  }

  static void await(CountDownLatch done) throws InterruptedException {
    if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still " + done.getCount() + " to come");
    }
  }

  @Override
  public void close() {
    producers.destroy();
  }
}
