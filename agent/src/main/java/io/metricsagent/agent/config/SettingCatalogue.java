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

  private static final String INSTRUMENTATION = AgentSettings.INSTRUMENTATION.beforeName();
  private static final String ENABLED = AgentSettings.INSTRUMENTATION.afterName();

  /** The settings that each start reads, by key. */
  private static final Map<String, Setting> OF_EACH_START = ofEachStart();

  /** All settings: a class of its own, since a start needs only those of features that are on. */
  private static final class Whole {
    static final List<Setting> ALL = list();
    static final Map<String, Setting> BY_KEY = new HashMap<>();

    static {
      put(BY_KEY, ALL);
    }

    private Whole() {}

    private static List<Setting> list() {
      List<Setting> all = new ArrayList<>(AgentSettings.all());
      all.addAll(RollupSettings.all());
      all.addAll(SessionSettings.all());
      all.addAll(ServeSettings.all());
      all.addAll(ExporterSettings.all());
      all.addAll(OpenTelemetrySettings.all());
      return List.copyOf(all);
    }
  }

  private SettingCatalogue() {}

  private static Map<String, Setting> ofEachStart() {
    Map<String, Setting> map = new HashMap<>();
    put(map, AgentSettings.all());
    put(map, ExporterSettings.all());
    put(map, OpenTelemetrySettings.all());
    return map;
  }

  private static void put(Map<String, Setting> map, List<Setting> settings) {
    for (Setting setting : settings) {
      map.put(setting.key(), setting);
      if (setting.signalKey() != null) {
        map.put(setting.signalKey(), setting);
        map.put(setting.ofLogs().signalKey(), setting);
      }
    }
  }

  /** Returns all settings in the order of the reference table. */
  static List<Setting> all() {
    return Whole.ALL;
  }

  /** Returns the setting of a canonical key, or {@code null} when there is none. */
  static Setting find(String key) {
    if (isInstrumentation(key)) {
      return AgentSettings.INSTRUMENTATION;
    }
    Setting known = OF_EACH_START.get(key);
    return known == null && key.startsWith(PREFIX) ? Whole.BY_KEY.get(key) : known;
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
        : NearestName.of(key, Whole.BY_KEY.keySet());
  }
}
