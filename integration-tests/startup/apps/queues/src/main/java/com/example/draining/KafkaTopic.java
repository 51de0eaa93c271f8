package com.example.draining;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic with one partition. It is drained from its beginning each time, by a new consumer in a
 * group of its own, so that each record is delivered for the first time. Of each record, the length
 * of its value is read, as the least that an application does with it.
 */
final class KafkaTopic implements Queue {
  private static final String NAME = "drained";
  private static final int BYTES = 100;

  private final String servers;
  private int groups;

  KafkaTopic(String servers) {
    this.servers = servers;
  }

  @Override
  public void fill(int messages) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      if (admin.listTopics().names().get().contains(NAME)) {
        return; // it was filled for another JDK
      }
      admin.createTopics(List.of(new NewTopic(NAME, 1, (short) 1))).all().get();
    }
    // One request at a time: the first one may be tried again, since the topic is not served yet,
    // and a later one that is taken before it would shut it out.
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "linger.ms",
            20,
            "max.in.flight.requests.per.connection",
            1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < messages; i++) {
        producer.send(new ProducerRecord<>(NAME, new byte[BYTES]));
      }
    }
  }

  @Override
  public double drain(int messages) {
    String group = ProcessHandle.current().pid() + "-" + groups++;
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "group.id",
            group,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(NAME, 0)));
      int first = 0;
      while (first == 0) {
        first = consumer.poll(Duration.ofSeconds(1)).count();
      }
      long begin = System.nanoTime();
      int seen = first;
      long bytes = (long) first * BYTES;
      while (seen < messages) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          seen++;
          bytes += record.value().length;
        }
      }
      if (bytes != (long) messages * BYTES) {
        throw new IllegalStateException(bytes + " bytes in " + seen + " messages");
      }
      consumer.commitSync();
      return (seen - first) * 1e9 / (System.nanoTime() - begin);
    }
  }
}
