package io.metricsagent.agent.config;

import java.util.List;

/**
 * One setting that the agent knows. The classes {@code AgentSettings}, {@code SessionSettings},
 * {@code ExporterSettings} and {@code OpenTelemetrySettings} declare them, each as a constant, and
 * nothing else in this module spells a key.
 *
 * @param key the system property, such as {@code metrics.agent.interval}
 * @param defaultText the value where the user sets none, in the form a user would write it; a
 *     description where the value is computed
 * @param defaultComputed whether {@code defaultText} is a description and not a value
 * @param description one sentence for the reference table, in Markdown
 * @param choices the allowed values; empty if any value of the type is allowed
 * @param signalKey the key that wins over this one: {@code otel.exporter.otlp.metrics.…} of the
 *     same name, or {@code otel.exporter.otlp.logs.…} for {@link #ofLogs}; {@code null} if there is
 *     none
 */
public record Setting(
    String key,
    SettingType type,
    String defaultText,
    boolean defaultComputed,
    String description,
    List<String> choices,
    String signalKey) {

  static final String OTLP = "otel.exporter.otlp.";
  static final String OTLP_METRICS = "otel.exporter.otlp.metrics.";
  static final String OTLP_LOGS = "otel.exporter.otlp.logs.";

  /** Returns a setting with a constant default. */
  static Setting constant(String key, SettingType type, String defaultText, String description) {
    return new Setting(key, type, defaultText, false, description, List.of(), null);
  }

  /** Returns a setting whose default is computed, or that has no default. */
  static Setting computed(String key, SettingType type, String defaultWords, String description) {
    return new Setting(key, type, defaultWords, true, description, List.of(), null);
  }

  Setting oneOf(String... values) {
    return new Setting(
        key, type, defaultText, defaultComputed, description, List.of(values), signalKey);
  }

  /** Returns this setting of all signals with a form for metrics and one for logs. */
  Setting alsoForSignals() {
    return wonOverBy(OTLP_METRICS);
  }

  /** Returns this setting as logs read it; only for a setting with forms for signals. */
  Setting ofLogs() {
    return wonOverBy(OTLP_LOGS);
  }

  private Setting wonOverBy(String signal) {
    return new Setting(
        key,
        type,
        defaultText,
        defaultComputed,
        description,
        choices,
        signal.concat(key.substring(OTLP.length())));
  }

  /** Adds this setting at the end of a list and returns it. */
  Setting addTo(List<Setting> list) {
    list.add(this);
    return this;
  }

  /**
   * Returns one setting of a pattern, whose key stands for many settings.
   *
   * @param name the text that replaces {@code <name>}
   */
  public Setting named(String name) {
    String named = beforeName().concat(name).concat(afterName());
    return new Setting(named, type, defaultText, defaultComputed, description, choices, signalKey);
  }

  /** Returns the part of the key before {@code <name>}; only for a pattern. */
  String beforeName() {
    return key.substring(0, key.indexOf('<'));
  }

  /** Returns the part of the key behind {@code <name>}; only for a pattern. */
  String afterName() {
    return key.substring(key.indexOf('>') + 1);
  }

  /** Returns whether this is the other setting; keys are unique. */
  boolean is(Setting other) {
    return key.equals(other.key);
  }

  /**
   * Returns whether the key is a pattern: it stands for many settings, such as one for each
   * instrumentation.
   */
  boolean isPattern() {
    return key.indexOf('<') >= 0;
  }
}
