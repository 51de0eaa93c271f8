package io.metricsagent.agent.config;

import io.metricsagent.agent.gauges.RunGaugeSettings;
import io.metricsagent.agent.gauges.RunTypes;

/** Reads the settings of per-run gauges; loaded only where they are on or set. Stateless. */
final class RunGaugesReader {
  private static final long MIN_LIFETIME_NANOS = 1_000 * Durations.NANOS_PER_MILLI;

  private RunGaugesReader() {}

  static RunGaugeSettings read(SettingReader reader) {
    return new RunGaugeSettings(
        types(reader),
        reader.nanos(AgentSettings.RUN_GAUGES_LIFETIME, MIN_LIFETIME_NANOS, "1s"),
        reader.count(AgentSettings.RUN_GAUGES_MAX_RUNS));
  }

  private static RunTypes types(SettingReader reader) {
    Setting setting = AgentSettings.RUN_TYPES;
    for (SettingValue value = reader.value(setting); value != null; value = reader.value(setting)) {
      try {
        return RunTypes.of(value.text());
      } catch (IllegalArgumentException e) {
        reader.reject(setting, value, e.getMessage());
      }
    }
    return RunTypes.of(setting.defaultText());
  }
}
