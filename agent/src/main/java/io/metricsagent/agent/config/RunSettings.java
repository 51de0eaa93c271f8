package io.metricsagent.agent.config;

/** The settings of runs. Immutable. */
public final class RunSettings {
  private final boolean enabled;
  private final String path;
  private final SettingValue include;
  private final String scenario;

  RunSettings(SettingReader reader) {
    enabled = reader.bool(AgentSettings.RUNS_ENABLED);
    path = reader.textOrNull(AgentSettings.RUNS_PATH);
    include = reader.value(AgentSettings.RUNS_INCLUDE);
    scenario = reader.textOrNull(AgentSettings.RUNS_SCENARIO);
  }

  /** Returns whether runs are written to the file of runs. */
  public boolean enabled() {
    return enabled;
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
