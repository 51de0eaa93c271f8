package io.metricsagent.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server from Debian's package that is one process, and listens on a free port of 127.0.0.1. What
 * it writes is in a folder of its own and outlives a restart. Not thread-safe.
 */
public final class DebianServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin");

  /** Which server it is, and how it is started. */
  private enum Kind {
    NATS("nats-server", "Server is ready") {
      @Override
      List<String> options(String port) {
        return List.of("-a", "127.0.0.1", "-p", port, "-js", "-sd", "store");
      }
    },
    REDIS("redis-server", "Ready to accept connections") {
      @Override
      List<String> options(String port) {
        return List.of("--bind", "127.0.0.1", "--port", port, "--appendonly", "yes");
      }
    };

    private final String program;
    private final String ready;

    Kind(String program, String ready) {
      this.program = program;
      this.ready = ready;
    }

    abstract List<String> options(String port);
  }

  private final Kind kind;
  private final Path program;
  private final ServerFolder folder;
  private final int port = ServerFolder.freePort();
  private Process running;

  private DebianServer(Kind kind, Path program) throws IOException {
    this.kind = kind;
    this.program = program;
    folder = new ServerFolder(kind.program);
    start();
  }

  /** Starts a server of NATS with JetStream; empty if it is not installed. */
  public static Optional<DebianServer> nats() throws IOException {
    return open(Kind.NATS);
  }

  /** Starts a server of Redis, which writes each change; empty if it is not installed. */
  public static Optional<DebianServer> redis() throws IOException {
    return open(Kind.REDIS);
  }

  private static Optional<DebianServer> open(Kind kind) throws IOException {
    for (String path : FOLDERS) {
      Path program = Path.of(path, kind.program);
      if (Files.isExecutable(program)) {
        return Optional.of(new DebianServer(kind, program));
      }
    }
    return Optional.empty();
  }

  /** Returns the port that clients connect to, the same after a restart. */
  public int port() {
    return port;
  }

  /** Stops the server and starts it again, with what it has written. */
  public void restart() throws IOException {
    ServerFolder.stop(running);
    start();
  }

  private void start() throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(kind.options(String.valueOf(port)));
    running = folder.startUntil(kind.ready, folder.process("server.log", command), PATIENCE);
  }

  @Override
  public void close() throws IOException {
    ServerFolder.stop(running);
    folder.delete();
  }
}
