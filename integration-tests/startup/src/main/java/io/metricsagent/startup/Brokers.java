package io.metricsagent.startup;

import io.metricsagent.brokers.RabbitMqBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The brokers whose clients are measured. They run on the core that the applications leave alone.
 */
final class Brokers {
  private static final int KAFKA_MESSAGES = 1_000_000;
  private static final int RABBIT_MESSAGES = 30_000;

  /** A measurement with a broker's client. */
  interface Measurement {
    /** Measures while the broker runs. */
    void run(QueueUnderTest queue) throws IOException;
  }

  private final Path module;
  private final Path work;

  Brokers(Path module, Path work) {
    this.module = module;
    this.work = work;
  }

  /** Runs a measurement with Kafka. */
  void kafka(Measurement measurement) throws IOException {
    Path jar = module.resolve("../apps/kafka-broker/target/kafka-broker.jar").normalize();
    Path directory = Files.createTempDirectory(work, "kafka");
    Process broker =
        new ProcessBuilder(
                "taskset", "-c", "1", Jdk.installed().get(0).tool("java"), "-jar", jar.toString())
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String line = broker.inputReader().readLine();
      if (line == null || !line.startsWith("ready 1 ")) {
        throw new IOException("the broker of Kafka did not start: " + line);
      }
      App app = app("kafka", line.substring("ready 1 ".length()));
      measurement.run(
          new QueueUnderTest(
              "Kafka, a million records polled", app, KAFKA_MESSAGES, 2, true, 5, 6));
    } finally {
      broker.destroy();
    }
  }

  /** Runs a measurement with RabbitMQ; says so where its server is not installed. */
  void rabbitMq(Measurement measurement) throws IOException {
    try (RabbitMqBroker broker = RabbitMqBroker.open().orElse(null)) {
      if (broker == null) {
        System.out.println("rabbitmq-server is not installed: its client is not measured");
        return;
      }
      App app = app("rabbitmq", Integer.toString(broker.port()));
      measurement.run(
          new QueueUnderTest(
              "RabbitMQ, an ack for each message", app, RABBIT_MESSAGES, 1, false, 2, 15));
    }
  }

  private App app(String client, String port) {
    Path jar = module.resolve("apps/queues/target/startup-queues.jar");
    return new App(client, jar, List.of(client, port));
  }
}
