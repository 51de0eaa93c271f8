package io.metricsagent.agent.config;

import io.metricsagent.agent.gauges.RunGaugeSettings;

/** The settings of runs. Immutable. */
public final class RunSettings {
  private final boolean enabled;
  private final String path;
  private final SettingValue include;
  private final String scenario;
  private final RunGaugeSettings gauges;
  private final String types;

  RunSettings(SettingReader reader) {
    enabled = reader.bool(AgentSettings.RUNS_ENABLED);
    path = reader.textOrNull(AgentSettings.RUNS_PATH);
    include = reader.value(AgentSettings.RUNS_INCLUDE);
    scenario = reader.textOrNull(AgentSettings.RUNS_SCENARIO);
    gauges = reader.bool(AgentSettings.RUN_GAUGES) ? RunGaugesReader.read(reader) : null;
    types = reader.text(AgentSettings.RUN_TYPES);
  }

  /** Returns whether runs are written to the file of runs. */
  public boolean enabled() {
    return enabled;
  }

  /** Returns the settings of per-run gauges, or {@code null} if they are off. */
  public RunGaugeSettings gauges() {
    return gauges;
  }

  /** Returns the patterns of the types of runs, as written and not checked. */
  public String types() {
    return types;
  }

  /** Returns {@code metrics.agent.runs.path} as written, or {@code null}. */
  public String path() {
    return path;
  }

  /** Returns the setting that names methods of the user's own, or {@code null}. */
  public SettingValue include() {
    return include;
  }

  /** Returns the scenario of all runs, or {@code null} for what is run. */
  public String scenario() {
    return scenario;
  }
}
