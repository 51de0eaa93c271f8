package com.example.worker;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topics of one cluster, and clients of them.
 *
 * @param servers host and port of a broker
 */
record Topics(String servers) {
  static final String QUESTIONS = "questions";
  static final String ANSWERS = "answers";

  private static final String WORKERS = "workers";

  /** Makes both topics; those who share the questions begin with the first. */
  void create() throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      NewTopic questions = new NewTopic(QUESTIONS, 1, (short) 1);
      admin.createTopics(List.of(questions, new NewTopic(ANSWERS, 1, (short) 1))).all().get();
      ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, WORKERS);
      AlterConfigOp fromTheFirst =
          new AlterConfigOp(
              new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(group, List.of(fromTheFirst))).all().get();
    }
  }

  /**
   * Makes a producer with one request at a time. A topic that was just made may not be served yet:
   * the first request is tried again, and a later one that is taken before it would shut it out.
   */
  KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers, "max.in.flight.requests.per.connection", 1),
        new StringSerializer(),
        new StringSerializer());
  }

  /** Makes one of the consumers that share the questions; each question goes to one of them. */
  KafkaShareConsumer<String, String> worker() {
    KafkaShareConsumer<String, String> worker =
        new KafkaShareConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                WORKERS,
                "share.acknowledgement.mode",
                "explicit"),
            new StringDeserializer(),
            new StringDeserializer());
    worker.subscribe(List.of(QUESTIONS));
    return worker;
  }

  /** Makes a reader of the answers that commits when it is told to. */
  KafkaConsumer<String, String> reader() {
    KafkaConsumer<String, String> reader =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                "readers",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "max.poll.records",
                2),
            new StringDeserializer(),
            new StringDeserializer());
    reader.subscribe(List.of(ANSWERS));
    return reader;
  }
}
