package io.metricsagent.agent.config;

import io.metricsagent.agent.gauges.RunGaugeSettings;

/** The settings of runs. Immutable. */
public final class RunSettings {
  private final boolean enabled;
  private final String path;
  private final SettingValue include;
  private final String scenario;
  private final boolean namedByWorker;
  private final String sessionId;
  private final String types;
  private final boolean gaugesEnabled;
  private final RunGaugeSettings gauges;

  RunSettings(SettingReader reader) {
    enabled = reader.bool(AgentSettings.RUNS_ENABLED);
    path = reader.textOrNull(AgentSettings.RUNS_PATH);
    include = reader.value(AgentSettings.RUNS_INCLUDE);
    scenario = reader.textOrNull(AgentSettings.RUNS_SCENARIO);
    namedByWorker = reader.choice(AgentSettings.RUNS_ID).equals("worker");
    sessionId = reader.textOrNull(AgentSettings.SESSION_ID);
    types = reader.text(AgentSettings.RUN_TYPES); // before a bad value is replaced
    gaugesEnabled = reader.bool(AgentSettings.RUN_GAUGES);
    // What is wrong is reported at the start, also while gauges are off.
    gauges = gaugesEnabled || areGaugesSet(reader) ? RunGaugesReader.read(reader) : null;
  }

  private static boolean areGaugesSet(SettingReader reader) {
    return reader.value(AgentSettings.RUN_GAUGES_LIFETIME) != null
        || reader.value(AgentSettings.RUN_GAUGES_MAX_RUNS) != null
        || reader.value(AgentSettings.RUN_TYPES) != null;
  }

  /** Returns whether runs are written to the file of runs. */
  public boolean enabled() {
    return enabled;
  }

  /** Returns the settings of per-run gauges, or {@code null} if they are off. */
  public RunGaugeSettings gauges() {
    return gaugesEnabled ? gauges : null;
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

  /** Returns whether all runs of the file of runs have the id of the worker. */
  public boolean areNamedByWorker() {
    return namedByWorker;
  }

  /** Returns the session of runs that are part of no conversation, or {@code null}. */
  public String sessionId() {
    return sessionId;
  }

  /** Returns the scenario of all runs, or {@code null} for what is run. */
  public String scenario() {
    return scenario;
  }
}
