package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What calls are played into. A registry records all tools under one experiment, so tool calls of
 * other experiments go to registries of their own, and the snapshots are added up.
 */
final class ReplayRecorder {
  private final RegistrySettings settings;
  private final Clock clock;
  private final Runnable onLimit;
  private final Registry registry;
  private final Map<String, Registry> otherExperiments = new TreeMap<>();

  /**
   * Makes an empty recorder.
   *
   * @param onLimit runs when the cardinality limit folds the first series
   */
  ReplayRecorder(AgentConfig config, String version, Clock clock, Runnable onLimit) {
    this.clock = clock;
    this.onLimit = onLimit;
    settings =
        new RegistrySettings(
            clock.instant(),
            config.workerId(),
            config.serviceName(),
            config.experiment(),
            config.cardinalityLimit(),
            version);
    registry = new Registry(settings, clock, onLimit);
  }

  /** Returns a series; {@code null} is the default experiment. */
  AdapterMetrics adapter(String adapter, String model, String operation, String experiment) {
    return registry.adapter(
        adapter, model, operation, experiment == null ? settings.experiment() : experiment);
  }

  /** Returns a series; {@code null} is the default experiment. */
  ToolMetrics tool(String tool, String experiment) {
    if (experiment == null || Objects.equals(experiment, settings.experiment())) {
      return registry.tool(tool);
    }
    return otherExperiments.computeIfAbsent(experiment, this::registry).tool(tool);
  }

  private Registry registry(String experiment) {
    return new Registry(
        new RegistrySettings(
            settings.startedAt(),
            settings.workerId(),
            settings.serviceName(),
            experiment,
            settings.cardinalityLimit(),
            settings.version()),
        clock,
        onLimit);
  }

  /** Returns a series. */
  MailboxMetrics mailbox(String queue, String system) {
    return registry.mailbox(queue, system);
  }

  MetricsSnapshot snapshot() {
    MetricsSnapshot all = registry.snapshot();
    for (Registry other : otherExperiments.values()) {
      all = all.plus(other.snapshot());
    }
    return all;
  }
}
