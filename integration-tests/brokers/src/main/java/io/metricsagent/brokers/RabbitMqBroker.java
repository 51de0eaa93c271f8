package io.metricsagent.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * RabbitMQ's server from Debian's package, with everything that it writes in a folder of its own.
 * Listens on 127.0.0.1 only, and so does the server's name service (epmd), which is a process of
 * this broker, too. Not thread-safe.
 */
public final class RabbitMqBroker implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path server;
  private final ServerFolder folder;
  private final int port = ServerFolder.freePort();
  private final int distributionPort = ServerFolder.freePort();
  private final int namePort = ServerFolder.freePort();
  private final Process names;
  private Process running;

  private RabbitMqBroker(Path server) throws IOException {
    this.server = server;
    folder = new ServerFolder("rabbitmq");
    Files.writeString(
        folder.path().resolve("rabbitmq.conf"),
        """
        vm_memory_high_watermark.relative = 0.9
        disk_free_limit.absolute = 1MB
        """);
    names = process("epmd.log", "epmd", "-port", "" + namePort, "-address", "127.0.0.1").start();
    start();
  }

  /** Starts a broker; empty if the server is not installed. */
  public static Optional<RabbitMqBroker> open() throws IOException {
    Optional<Path> server = installed();
    return server.isEmpty() ? Optional.empty() : Optional.of(new RabbitMqBroker(server.get()));
  }

  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("sbin/rabbitmq-server"))
          .filter(Files::isExecutable)
          .max(Comparator.naturalOrder());
    }
  }

  /** Returns the port that clients connect to, the same after a restart. */
  public int port() {
    return port;
  }

  /** Stops the server and starts it again, with the queues and messages that are durable. */
  public void restart() throws IOException {
    ServerFolder.stop(running);
    start();
  }

  private void start() throws IOException {
    ProcessBuilder builder = process("server.log", server.toString());
    running = folder.startUntil("Server startup complete", builder, PATIENCE);
  }

  private ProcessBuilder process(String log, String... command) {
    ProcessBuilder builder = folder.process(log, List.of(command));
    String path = folder.path().toString();
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("HOME", path), // for the cookie of this node
                Map.entry("RABBITMQ_HOME", server.getParent().getParent().toString()),
                Map.entry("RABBITMQ_NODENAME", "it" + port + "@localhost"),
                Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
                Map.entry("RABBITMQ_NODE_PORT", "" + port),
                Map.entry("RABBITMQ_DIST_PORT", "" + distributionPort),
                Map.entry("RABBITMQ_MNESIA_BASE", path + "/mnesia"),
                Map.entry("RABBITMQ_LOG_BASE", path + "/log"),
                Map.entry("RABBITMQ_LOGS", "-"),
                Map.entry("RABBITMQ_CONFIG_FILE", path + "/rabbitmq"),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", path + "/plugins"),
                Map.entry("RABBITMQ_CONF_ENV_FILE", path + "/environment"),
                Map.entry("RABBITMQ_PID_FILE", path + "/pid"),
                Map.entry(
                    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                    "-kernel inet_dist_use_interface {127,0,0,1}"),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_EPMD_PORT", "" + namePort)));
    return builder;
  }

  @Override
  public void close() throws IOException {
    ServerFolder.stop(running);
    ServerFolder.stop(names);
    folder.delete();
  }
}
