package io.metricsagent.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A run that has ended. */
public final class FinishedRun {
  private static final String LOG_PREFIX = "[metrics-agent]";

  private final int exitCode;
  private final Traces traces;

  FinishedRun(int exitCode, Traces traces) {
    this.exitCode = exitCode;
    this.traces = traces;
  }

  /** Returns the exit code. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns the standard output. */
  public String stdout() {
    return traces.stdout();
  }

  /** Returns the agent's lines on standard error. */
  public List<String> agentLog() {
    return traces.stderr().lines().filter(line -> line.startsWith(LOG_PREFIX)).toList();
  }

  /** Returns standard error without the agent's lines and the JVM's notice of its own options. */
  public List<String> stderr() {
    return traces
        .stderr()
        .lines()
        .filter(line -> !line.startsWith(LOG_PREFIX) && !line.startsWith("Picked up "))
        .toList();
  }

  /** Returns where the agent writes by default. */
  public Path agentDirectory() {
    return traces.directory().resolve(".metrics-agent");
  }

  /** Returns the snapshots on disk, by time. */
  public List<Dump> dumps() {
    return dumps(agentDirectory());
  }

  /**
   * Returns the snapshots on disk of another process.
   *
   * @param agentDirectory its {@code metrics.agent.dir}, relative to this run's working directory
   */
  public List<Dump> dumps(String agentDirectory) {
    return dumps(traces.directory().resolve(agentDirectory));
  }

  private static List<Dump> dumps(Path agentDirectory) {
    return snapshots(agentDirectory).stream().map(Dump::read).sorted().toList();
  }

  /** Returns the file with the last snapshot, which covers the whole run. */
  public Path lastSnapshot() {
    return snapshots(agentDirectory()).stream()
        .max(Comparator.comparing(Dump::read))
        .orElseThrow(() -> new AssertionError("no snapshot on disk " + this));
  }

  private static List<Path> snapshots(Path agentDirectory) {
    Path directory = agentDirectory.resolve("debug/metrics");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the last snapshot, which covers the whole run. */
  public Dump dump() {
    List<Dump> dumps = dumps();
    if (dumps.isEmpty()) {
      throw new AssertionError("no snapshot on disk " + this);
    }
    return dumps.get(dumps.size() - 1);
  }

  @Override
  public String toString() {
    return "exit code " + exitCode + " " + traces;
  }
}
