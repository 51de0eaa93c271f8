package com.example.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Positions that the application sets, and time stamps. */
record Positions(Cluster cluster, String topic) {
  private static KafkaConsumer<String, String> open;

  /** Ten messages; the last six are fetched again before all are committed. */
  void seek() throws Exception {
    cluster.topicWith(topic, 1, 10);
    try (KafkaConsumer<String, String> consumer = cluster.consumer(topic)) {
      consumer.subscribe(List.of(topic));
      Cluster.poll(consumer, 10);
      consumer.seek(new TopicPartition(topic, 0), 4);
      Cluster.poll(consumer, 6);
      consumer.commitSync();
    }
  }

  /** Ten messages that are committed, and read and committed again from the beginning. */
  void replay() throws Exception {
    cluster.topicWith(topic, 1, 10);
    try (KafkaConsumer<String, String> consumer = cluster.consumer(topic)) {
      consumer.subscribe(List.of(topic));
      Cluster.poll(consumer, 10);
      consumer.commitSync();
      consumer.seekToBeginning(consumer.assignment());
      Cluster.poll(consumer, 10);
      consumer.commitSync();
    }
  }

  /** Ten of 30 messages, without an end: the consumer stays open until the process ends. */
  void stays() throws Exception {
    cluster.topicWith(topic, 1, 30);
    open = cluster.consumer(topic, "max.poll.records", "5");
    open.subscribe(List.of(topic));
    Cluster.poll(open, 5);
    Cluster.poll(open, 5);
  }

  /** Three messages whose time stamps are the broker's. */
  void stampedByBroker() throws Exception {
    cluster.topic(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    cluster.send(topic, 1, 3);
    readAll(3);
  }

  /** Two messages from the next minute. */
  void fromTheFuture() throws Exception {
    cluster.topic(topic, 1, Map.of());
    long soon = System.currentTimeMillis() + 60_000;
    try (KafkaProducer<String, String> producer = cluster.producer()) {
      for (int i = 0; i < 2; i++) {
        producer.send(new ProducerRecord<>(topic, 0, soon, null, "message"));
      }
    }
    readAll(2);
  }

  private void readAll(int messages) {
    try (KafkaConsumer<String, String> consumer = cluster.consumer(topic)) {
      consumer.subscribe(List.of(topic));
      Cluster.poll(consumer, messages);
    }
  }
}
