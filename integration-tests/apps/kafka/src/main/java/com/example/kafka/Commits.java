package com.example.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Ways to commit. */
record Commits(Cluster cluster, String topic) {
  private KafkaConsumer<String, String> subscribed(String... settings) {
    KafkaConsumer<String, String> consumer = cluster.consumer(topic, settings);
    consumer.subscribe(List.of(topic));
    return consumer;
  }

  /** Ten messages; the same offsets are committed three times. */
  void sync() throws Exception {
    cluster.topicWith(topic, 1, 10);
    try (KafkaConsumer<String, String> consumer = subscribed()) {
      Cluster.poll(consumer, 10);
      consumer.commitSync();
      consumer.commitSync();
      consumer.commitSync(consumer.committed(consumer.assignment()));
    }
  }

  /** Ten messages, committed asynchronously, with and without a callback. */
  void async() throws Exception {
    cluster.topicWith(topic, 1, 10);
    boolean[] done = {false};
    try (KafkaConsumer<String, String> consumer = subscribed("max.poll.records", "5")) {
      Cluster.poll(consumer, 5);
      consumer.commitAsync();
      Cluster.poll(consumer, 5);
      consumer.commitAsync((offsets, failure) -> done[0] = failure == null);
      while (!done[0]) {
        consumer.poll(Cluster.SOON);
      }
    }
  }

  /** Ten messages, committed every 50 ms, again and again. */
  void automatic() throws Exception {
    cluster.topicWith(topic, 2, 10);
    try (KafkaConsumer<String, String> consumer =
        subscribed("enable.auto.commit", "true", "auto.commit.interval.ms", "50")) {
      Cluster.poll(consumer, 10);
      for (int i = 0; i < 5; i++) {
        consumer.poll(Cluster.SOON);
      }
    }
  }

  /** Ten messages, of which four are committed. */
  void part() throws Exception {
    cluster.topicWith(topic, 1, 10);
    try (KafkaConsumer<String, String> consumer = subscribed()) {
      Cluster.poll(consumer, 10);
      for (long offset : new long[] {3, 4, 2}) {
        consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)));
      }
    }
  }

  /** 500 messages in one poll, or few. */
  void batch() throws Exception {
    cluster.topicWith(topic, 1, 500);
    try (KafkaConsumer<String, String> consumer = subscribed()) {
      Cluster.poll(consumer, 500);
      consumer.commitSync();
    }
  }

  /** 100,000 messages of four partitions. */
  void many() throws Exception {
    cluster.topicWith(topic, 4, 100_000);
    try (KafkaConsumer<String, String> consumer = subscribed()) {
      int received = 0;
      for (int polls = 1; received < 100_000; polls++) {
        received += consumer.poll(Cluster.SOON).count();
        if (polls % 10 == 0) {
          consumer.commitAsync();
        }
      }
      consumer.commitSync();
    }
  }

  /** Ten messages that are never committed. */
  void closed() throws Exception {
    cluster.topicWith(topic, 1, 10);
    try (KafkaConsumer<String, String> consumer = subscribed()) {
      Cluster.poll(consumer, 10);
    }
  }

  /** Ten messages of a consumer with an interceptor, which hears of commits too. */
  void intercepted() throws Exception {
    cluster.topicWith(topic, 1, 10);
    boolean[] done = {false};
    try (KafkaConsumer<String, String> consumer =
        subscribed("interceptor.classes", Listener.class.getName())) {
      Cluster.poll(consumer, 10);
      consumer.commitAsync((offsets, failure) -> done[0] = true);
      while (!done[0]) {
        consumer.poll(Cluster.SOON);
      }
      consumer.poll(Cluster.SOON);
    }
  }

  /** Five messages before the broker restarts, five after that. */
  void restart() throws Exception {
    cluster.topicWith(topic, 1, 5);
    try (KafkaConsumer<String, String> consumer = subscribed()) {
      Cluster.poll(consumer, 5);
      consumer.commitSync();
      System.out.println("restart the broker");
      if (System.in.read() < 0) {
        throw new IllegalStateException("the broker was not restarted");
      }
      cluster.send(topic, 1, 5);
      Cluster.poll(consumer, 5);
      consumer.commitSync();
    }
  }

  /** An interceptor of the application. */
  public static final class Listener implements ConsumerInterceptor<String, String> {
    @Override
    public ConsumerRecords<String, String> onConsume(ConsumerRecords<String, String> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
