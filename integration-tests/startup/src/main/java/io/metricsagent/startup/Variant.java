package io.metricsagent.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The agent that an application is started with. */
enum Variant {
  NONE("no agent"),
  /** Started like {@link #NONE}: the difference between the two is noise. */
  AGAIN("no agent, once more"),
  EMPTY("an agent that does nothing"),
  WARM("metrics-agent"),
  FIRST("metrics-agent, very first start"),
  OTEL("OpenTelemetry Java agent");

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Returns the JVM's options. */
  List<String> options(App app, Jars jars) {
    List<String> options = new ArrayList<>();
    options.add("-Xmx512m");
    switch (this) {
      case NONE, AGAIN -> {}
      case EMPTY -> options.add("-javaagent:" + jars.empty());
      case WARM, FIRST -> {
        options.add("-javaagent:" + jars.agent());
      }
      case OTEL -> {
        options.add("-javaagent:" + jars.otel());
        // Metrics only, without an exporter, so that the network has no influence.
        options.add("-Dotel.traces.exporter=none");
        options.add("-Dotel.logs.exporter=none");
        options.add("-Dotel.metrics.exporter=none");
      }
    }
    return options;
  }

  /**
   * Returns the working directory, where the agent writes its files; it is empty for a first start.
   */
  Path directory(Path work, Jdk jdk, App app) {
    Path directory = work.resolve(jdk.feature() + "-" + app.jar().getFileName() + "-" + name());
    try {
      if (this == FIRST && Files.exists(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
