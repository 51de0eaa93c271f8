package io.metricsagent.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder of a server that a test starts: its processes run in it and write their logs there.
 */
final class ServerFolder {
  private static final long LOOK_AGAIN_NANOS = 20_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path path;

  ServerFolder(String name) throws IOException {
    path = Files.createTempDirectory(name);
  }

  Path path() {
    return path;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a process that writes its output to a file of this folder. */
  ProcessBuilder process(String log, List<String> command) {
    return new ProcessBuilder(command)
        .directory(path.toFile())
        .redirectErrorStream(true)
        .redirectOutput(path.resolve(log).toFile());
  }

  /** Starts a process and waits until it has written a text. */
  Process startUntil(String text, ProcessBuilder builder, Duration patience) throws IOException {
    Path log = builder.redirectOutput().file().toPath();
    Files.deleteIfExists(log);
    Process process = builder.start();
    await(
        () -> read(log).contains(text) || !process.isAlive(),
        patience,
        () -> builder.command() + " did not start: " + read(log));
    if (!process.isAlive()) {
      throw new AssertionError(builder.command() + " ended: " + read(log));
    }
    return process;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends a process and those that it has started, such as those of a script. */
  static void stop(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    await(() -> all.stream().noneMatch(ProcessHandle::isAlive), PATIENCE, () -> "alive: " + all);
  }

  private static void await(BooleanSupplier state, Duration patience, Supplier<String> otherwise) {
    long end = System.nanoTime() + patience.toNanos();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + patience + ": " + otherwise.get());
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** Deletes the folder with everything in it. */
  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
