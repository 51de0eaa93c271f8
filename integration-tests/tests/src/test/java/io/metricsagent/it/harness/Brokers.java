package io.metricsagent.it.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metricsagent.brokers.DebianServer;
import io.metricsagent.brokers.RabbitMqBroker;
import java.io.IOException;
import java.util.Optional;

/** Starts brokers; skips the test where one is not installed. */
public final class Brokers {
  private Brokers() {}

  /** Starts RabbitMQ. */
  public static RabbitMqBroker rabbitMq() throws IOException {
    return installed(RabbitMqBroker.open(), "rabbitmq-server");
  }

  /** Starts NATS with JetStream. */
  public static DebianServer nats() throws IOException {
    return installed(DebianServer.nats(), "nats-server");
  }

  /** Starts Redis. */
  public static DebianServer redis() throws IOException {
    return installed(DebianServer.redis(), "redis-server");
  }

  private static <B> B installed(Optional<B> broker, String name) {
    assumeTrue(broker.isPresent(), () -> name + " is not installed: no broker to start");
    return broker.orElseThrow();
  }
}
