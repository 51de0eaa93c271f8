package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.registry.ToolMetrics;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.time.Clock;

/** Records played calls in a registry, with the default experiment for calls that name none. */
final class ReplayRecorder {
  private final RegistrySettings settings;
  private final Registry registry;

  /**
   * Makes an empty recorder.
   *
   * @param onLimit runs when the cardinality limit folds the first series
   */
  ReplayRecorder(AgentConfig config, String version, Clock clock, Runnable onLimit) {
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

  /** Returns the series of an adapter; {@code null} stands for the default experiment. */
  AdapterMetrics adapter(String adapter, String model, String operation, String experiment) {
    return registry.adapter(
        adapter, model, operation, experiment == null ? settings.experiment() : experiment);
  }

  /** Returns the series of a tool; {@code null} stands for the default experiment. */
  ToolMetrics tool(String tool, String experiment) {
    return registry.tool(tool, experiment == null ? settings.experiment() : experiment);
  }

  /** Returns the series of a queue. */
  MailboxMetrics mailbox(String queue, String system) {
    return registry.mailbox(queue, system);
  }

  MetricsSnapshot snapshot() {
    return registry.snapshot();
  }
}
