package com.example.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Several consumers of one group. */
record Groups(Cluster cluster, String topic) {
  private KafkaConsumer<String, String> subscribed() {
    KafkaConsumer<String, String> consumer = cluster.consumer(topic);
    consumer.subscribe(List.of(topic));
    return consumer;
  }

  /** 20 messages for two consumers, each of which commits its own. */
  void two() throws Exception {
    cluster.topic(topic, 2, java.util.Map.of());
    try (KafkaConsumer<String, String> one = subscribed();
        KafkaConsumer<String, String> other = subscribed()) {
      share(one, other);
      cluster.send(topic, 2, 20);
      Cluster.poll(one, 10);
      Cluster.poll(other, 10);
      one.commitSync();
      other.commitSync();
    }
  }

  /**
   * A consumer gets 20 messages and commits none; then it loses a partition to another consumer,
   * which gets the partition's ten messages again. Both commit what they have.
   */
  void rebalance() throws Exception {
    cluster.topicWith(topic, 2, 20);
    try (KafkaConsumer<String, String> one = subscribed()) {
      Cluster.poll(one, 20);
      try (KafkaConsumer<String, String> other = subscribed()) {
        int received = 0;
        while (received < 10 || one.assignment().size() != 1) {
          one.poll(Cluster.SOON);
          received += other.poll(Cluster.SOON).count();
        }
        one.commitSync();
        other.commitSync();
      }
    }
  }

  private static void share(
      KafkaConsumer<String, String> one, KafkaConsumer<String, String> other) {
    while (one.assignment().size() != 1 || other.assignment().size() != 1) {
      one.poll(Cluster.SOON);
      other.poll(Cluster.SOON);
    }
  }
}
