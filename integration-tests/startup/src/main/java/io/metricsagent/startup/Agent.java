package io.metricsagent.startup;

import java.nio.file.Path;
import java.util.ArrayList;
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
   * Returns the options of the run that writes an AOT cache. With OpenTelemetry's agent, the JVM
   * crashes while it writes the cache, so that run has only what must be the same in later ones:
   * the agent's jar on the boot class path, and the module that the JVM adds for any agent.
   */
  List<String> trainingForAotCache(Jars jars) {
    return this == OTEL
        ? List.of(onBootClassPath(jars), "--add-modules=java.instrument")
        : options(jars);
  }

  /**
   * Returns the options of a run that uses an AOT cache. OpenTelemetry's agent adds its jar to the
   * boot class path, and the JVM refuses the cache if that happens after its start.
   */
  List<String> optionsForAotCache(Jars jars) {
    List<String> options = new ArrayList<>(options(jars));
    if (this == OTEL) {
      options.add(onBootClassPath(jars));
    }
    return options;
  }

  private static String onBootClassPath(Jars jars) {
    return "-Xbootclasspath/a:" + jars.otel();
  }
}
