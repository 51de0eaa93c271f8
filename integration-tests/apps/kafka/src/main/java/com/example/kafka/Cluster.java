package com.example.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The broker, and clients of it.
 *
 * @param protocol the group protocol of consumers, {@code classic} or {@code consumer}
 */
record Cluster(String servers, String protocol) {
  static final Duration SOON = Duration.ofMillis(200);

  /**
   * Makes a topic and waits until the broker serves its partitions. A producer that is faster may
   * lose its first batch and then waits for two minutes, since its next batches were taken before.
   */
  void topic(String name, int partitions, Map<String, String> settings) throws Exception {
    try (Admin admin = admin()) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
      admin.createTopics(List.of(topic)).all().get();
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

  Admin admin() {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", servers));
  }

  /** Makes a topic and sends it messages, to all partitions in turn. */
  void topicWith(String name, int partitions, int messages) throws Exception {
    topic(name, partitions, Map.of());
    send(name, partitions, messages);
  }

  void send(String topic, int partitions, int messages) {
    try (KafkaProducer<String, String> producer = producer()) {
      for (int i = 0; i < messages; i++) {
        producer.send(new ProducerRecord<>(topic, i % partitions, null, "message " + i));
      }
    }
  }

  KafkaProducer<String, String> producer(String... settings) {
    Properties properties = properties(settings);
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /** Makes a consumer that commits only when it is told to. */
  KafkaConsumer<String, String> consumer(String group, String... settings) {
    Properties properties = properties();
    properties.setProperty("group.id", group);
    properties.setProperty("group.protocol", protocol);
    properties.setProperty("auto.offset.reset", "earliest");
    properties.setProperty("enable.auto.commit", "false");
    if (protocol.equals("classic")) {
      properties.setProperty(
          "partition.assignment.strategy",
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
      properties.setProperty("heartbeat.interval.ms", "300");
    }
    properties.putAll(properties(settings));
    return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
  }

  Properties properties(String... settings) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", servers);
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return properties;
  }

  /** Polls until a number of messages has come; returns how many came. */
  static int poll(KafkaConsumer<String, String> consumer, int messages) {
    int received = 0;
    while (received < messages) {
      ConsumerRecords<String, String> records = consumer.poll(SOON);
      received += records.count();
    }
    if (received != messages) {
      throw new IllegalStateException(received + " messages came, not " + messages);
    }
    return received;
  }
}
