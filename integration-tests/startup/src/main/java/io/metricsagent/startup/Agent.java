package io.metricsagent.startup;

import java.nio.file.Path;
import java.util.List;

/** The agent on the command line of a variant. */
enum Agent {
  NONE,
  EMPTY,
  METRICS,
  OTEL;

  /** Returns the agent's jar, or {@code null} for none. */
  private Path jar(Jars jars) {
    return switch (this) {
      case NONE -> null;
      case EMPTY -> jars.empty();
      case METRICS -> jars.agent();
      case OTEL -> jars.otel();
    };
  }

  /** Returns the JVM's options. */
  List<String> options(Jars jars) {
    String option = "-javaagent:" + jar(jars);
    return switch (this) {
      case NONE -> List.of();
      case EMPTY, METRICS -> List.of(option);
      case OTEL ->
          // Metrics only, without an exporter, so that the network has no influence.
          List.of(
              option,
              "-Dotel.traces.exporter=none",
              "-Dotel.logs.exporter=none",
              "-Dotel.metrics.exporter=none");
    };
  }

  /**
   * Returns the options without which the agent does not work under an AOT cache, in the training
   * run as in later ones. OpenTelemetry's agent adds its jar to the boot class path.
   */
  List<String> optionsForAotCache(Jars jars) {
    return this == OTEL ? List.of("-Xbootclasspath/a:" + jars.otel()) : List.of();
  }
}
