package com.example.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Share consumers. */
record Shares(Cluster cluster, String topic) {
  private KafkaShareConsumer<String, String> subscribed(String mode) throws Exception {
    try (Admin admin = cluster.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, topic),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("share.auto.offset.reset", "earliest"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
    Properties properties =
        cluster.properties("group.id", topic, "share.acknowledgement.mode", mode);
    KafkaShareConsumer<String, String> consumer =
        new KafkaShareConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of(topic));
    return consumer;
  }

  private static List<ConsumerRecord<String, String>> poll(
      KafkaShareConsumer<String, String> consumer, int messages) {
    List<ConsumerRecord<String, String>> all = new ArrayList<>();
    while (all.size() < messages) {
      consumer.poll(Cluster.SOON).forEach(all::add);
    }
    if (all.size() != messages) {
      throw new IllegalStateException(all.size() + " messages came, not " + messages);
    }
    return all;
  }

  /** Three messages, accepted by the commit. */
  void implicit() throws Exception {
    cluster.topicWith(topic, 1, 3);
    try (KafkaShareConsumer<String, String> consumer = subscribed("implicit")) {
      poll(consumer, 3);
      consumer.commitSync();
      consumer.commitSync();
    }
  }

  /**
   * Four messages: all are released and come again; then one is rejected after it was released, one
   * is accepted, and two are renewed, returned again and accepted.
   */
  void explicit() throws Exception {
    cluster.topicWith(topic, 1, 4);
    try (KafkaShareConsumer<String, String> consumer = subscribed("explicit")) {
      for (ConsumerRecord<String, String> record : poll(consumer, 4)) {
        consumer.acknowledge(record, AcknowledgeType.RELEASE);
      }
      consumer.commitSync();
      List<ConsumerRecord<String, String>> again = poll(consumer, 4);
      consumer.acknowledge(again.get(0), AcknowledgeType.RELEASE);
      consumer.acknowledge(again.get(0), AcknowledgeType.REJECT);
      consumer.acknowledge(again.get(1), AcknowledgeType.ACCEPT);
      consumer.acknowledge(again.get(2), AcknowledgeType.RENEW);
      consumer.acknowledge(again.get(3), AcknowledgeType.RENEW);
      consumer.commitSync();
      for (ConsumerRecord<String, String> record : poll(consumer, 2)) {
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
      }
      consumer.commitSync();
    }
  }

  /** Two messages that are never acknowledged. */
  void closed() throws Exception {
    cluster.topicWith(topic, 1, 2);
    try (KafkaShareConsumer<String, String> consumer = subscribed("explicit")) {
      poll(consumer, 2);
    }
  }
}
