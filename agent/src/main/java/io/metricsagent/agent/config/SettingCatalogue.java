package io.metricsagent.agent.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every setting of the agent, as a list in the order of the reference table and by key. */
final class SettingCatalogue {
  static final String PREFIX = "metrics.agent.";
  static final String OTEL_PREFIX = "otel.";

  /** A setting that is planned and does not work yet. */
  private static final String RULES_FILE = "metrics.agent.rules.file";

  private static final String INSTRUMENTATION = AgentSettings.INSTRUMENTATION.beforeName();
  private static final String ENABLED = AgentSettings.INSTRUMENTATION.afterName();

  static final List<Setting> ALL = all();

  private static final Map<String, Setting> BY_KEY = byKey();

  private SettingCatalogue() {}

  private static List<Setting> all() {
    List<Setting> all = new ArrayList<>(AgentSettings.all());
    all.addAll(RollupSettings.all());
    all.addAll(SessionSettings.all());
    all.addAll(ServeSettings.all());
    all.addAll(ExporterSettings.all());
    all.addAll(OpenTelemetrySettings.all());
    return List.copyOf(all);
  }

  private static Map<String, Setting> byKey() {
    Map<String, Setting> map = new HashMap<>();
    for (Setting setting : ALL) {
      map.put(setting.key(), setting);
      if (setting.metricsForm()) {
        map.put(setting.metricsKey(), setting);
      }
    }
    return map;
  }

  /** Returns the setting of a canonical key, or {@code null} when there is none. */
  static Setting find(String key) {
    return isInstrumentation(key) ? AgentSettings.INSTRUMENTATION : BY_KEY.get(key);
  }

  /** Returns whether a key is that of a setting that is planned and does not work yet. */
  static boolean isPlanned(String key) {
    return key.equals(RULES_FILE);
  }

  /**
   * Returns the canonical spelling of a key. Within the name of an instrumentation, dots,
   * underscores and hyphens are equal, since an environment variable cannot contain {@code
   * spring-ai}.
   */
  static String canonical(String key) {
    return isInstrumentation(key) ? instrumentation(instrumentationName(key)).key() : key;
  }

  /** Returns the setting of one instrumentation, with the canonical spelling of its name. */
  static Setting instrumentation(String name) {
    return AgentSettings.INSTRUMENTATION.named(
        name.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-'));
  }

  /** Returns the name in the key of an instrumentation, or {@code null} for any other key. */
  static String instrumentationName(String key) {
    return isInstrumentation(key)
        ? key.substring(INSTRUMENTATION.length(), key.length() - ENABLED.length())
        : null;
  }

  static boolean isInstrumentation(String key) {
    return key.startsWith(INSTRUMENTATION)
        && key.endsWith(ENABLED)
        && key.length() > INSTRUMENTATION.length() + ENABLED.length();
  }

  /** Returns the known key that looks most like an unknown one, or {@code null}. */
  static String nearest(String key) {
    return key.startsWith(INSTRUMENTATION)
        ? AgentSettings.INSTRUMENTATION.key()
        : NearestName.of(key, BY_KEY.keySet());
  }
}
