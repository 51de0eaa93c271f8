package io.metricsagent.agent.config;

import java.util.List;

/**
 * One setting that the agent knows.
 *
 * @param key the system property, such as {@code metrics.agent.interval}
 * @param defaultText what is used when nothing is set, in the form a user would write; words where
 *     it is computed
 * @param defaultComputed whether {@code defaultText} is words and not a value
 * @param description one sentence for the reference table, in Markdown
 * @param choices allowed values; empty when there is no list of them
 * @param metricsForm whether {@code otel.exporter.otlp.metrics.…} of the same name is read too, and
 *     wins
 */
record SettingDefinition(
    String key,
    SettingType type,
    String defaultText,
    boolean defaultComputed,
    String description,
    List<String> choices,
    boolean metricsForm) {

  static final String OTLP = "otel.exporter.otlp.";
  static final String OTLP_METRICS = "otel.exporter.otlp.metrics.";

  /** A setting with a constant default. */
  static SettingDefinition constant(
      String key, SettingType type, String defaultText, String description) {
    return new SettingDefinition(key, type, defaultText, false, description, List.of(), false);
  }

  /** A setting whose default depends on something else, or that has none. */
  static SettingDefinition computed(
      String key, SettingType type, String defaultWords, String description) {
    return new SettingDefinition(key, type, defaultWords, true, description, List.of(), false);
  }

  SettingDefinition oneOf(String... values) {
    return new SettingDefinition(
        key, type, defaultText, defaultComputed, description, List.of(values), metricsForm);
  }

  SettingDefinition alsoForMetrics() {
    return new SettingDefinition(
        key, type, defaultText, defaultComputed, description, choices, true);
  }

  /** Returns the key that wins over this one; only for a setting with a metrics form. */
  String metricsKey() {
    return OTLP_METRICS.concat(key.substring(OTLP.length()));
  }

  /** Returns whether the key stands for many, such as one for each instrumentation. */
  boolean isPattern() {
    return key.indexOf('<') >= 0;
  }
}
