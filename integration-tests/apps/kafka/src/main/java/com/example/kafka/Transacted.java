package com.example.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Transactions of producers. */
record Transacted(Cluster cluster, String topic) {
  /** Five messages whose offsets are committed with a transaction, and five in an aborted one. */
  void offsets() throws Exception {
    cluster.topicWith(topic, 1, 10);
    try (KafkaConsumer<String, String> consumer = cluster.consumer(topic, "max.poll.records", "5");
        KafkaProducer<String, String> producer = transactional()) {
      consumer.subscribe(List.of(topic));
      producer.initTransactions();
      Cluster.poll(consumer, 5);
      sendOffsets(producer, consumer);
      producer.commitTransaction();
      Cluster.poll(consumer, 5);
      sendOffsets(producer, consumer);
      producer.abortTransaction();
    }
  }

  private KafkaProducer<String, String> transactional() {
    return cluster.producer("transactional.id", topic);
  }

  private static void sendOffsets(
      KafkaProducer<String, String> producer, KafkaConsumer<String, String> consumer) {
    producer.beginTransaction();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
  }

  /** Five messages, each from a transaction whose marker takes an offset; three are committed. */
  void gaps() throws Exception {
    cluster.topic(topic, 1, Map.of());
    try (KafkaProducer<String, String> producer = transactional()) {
      producer.initTransactions();
      for (int i = 0; i < 5; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, null, "message " + i));
        producer.commitTransaction();
      }
    }
    try (KafkaConsumer<String, String> consumer =
        cluster.consumer(topic, "isolation.level", "read_committed")) {
      consumer.subscribe(List.of(topic));
      Cluster.poll(consumer, 5);
      consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(5)));
    }
  }
}
