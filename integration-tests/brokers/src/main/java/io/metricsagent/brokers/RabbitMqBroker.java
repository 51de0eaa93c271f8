package io.metricsagent.brokers;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
  private final Path folder;
  private final int port = freePort();
  private final int distributionPort = freePort();
  private final int namePort = freePort();
  private final Process names;
  private Process running;

  private RabbitMqBroker(Path server) throws IOException {
    this.server = server;
    folder = Files.createTempDirectory("rabbitmq");
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
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
    stop(running);
    start();
  }

  private void start() throws IOException {
    Files.deleteIfExists(folder.resolve("server.log"));
    running = process("server.log", server.toString()).start();
    await(
        () -> log().contains("Server startup complete") || !running.isAlive(),
        () -> "RabbitMQ did not start: " + log());
    if (!running.isAlive()) {
      throw new AssertionError("RabbitMQ ended: " + log());
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      return "";
    }
  }

  private ProcessBuilder process(String log, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    String path = folder.toString();
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
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a process and those that it has started: the server is a child of its script. */
  private static void stop(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    await(() -> all.stream().noneMatch(ProcessHandle::isAlive), () -> "alive: " + all);
  }

  private static void await(BooleanSupplier state, Supplier<String> otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() throws IOException {
    stop(running);
    stop(names);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
