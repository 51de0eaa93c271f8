package io.metricsagent.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides which exporters run. Stateless. */
final class Exporters {
  private static final String KEY = AgentSettings.EXPORTERS.key();
  private static final String NONE = "none";
  private static final String OTLP = "otlp";

  private Exporters() {}

  static List<String> read(SettingReader reader) {
    Set<String> names = listed(reader, AgentSettings.EXPORTERS);
    boolean explicit = names != null;
    if (!explicit) {
      names = new LinkedHashSet<>();
      names.add("archive");
      if (reader.value(OpenTelemetrySettings.ENDPOINT) != null
          || reader.value(OpenTelemetrySettings.METRICS_ENDPOINT) != null) {
        names.add(OTLP);
      }
    }
    if (isDisabled(reader) && names.remove(OTLP) && explicit) {
      tellDisabled(reader, KEY);
    }
    return List.copyOf(names);
  }

  /** Returns where sessions go; nowhere if they only go over OTLP, which is switched off. */
  static List<String> ofSessions(SettingReader reader, Setting setting) {
    Set<String> names = listed(reader, setting);
    if (names == null) {
      return List.of(setting.defaultText());
    }
    if (isDisabled(reader) && names.remove(OTLP)) {
      tellDisabled(reader, setting.key());
    }
    return List.copyOf(names);
  }

  /**
   * Returns whether the user asks for no OpenTelemetry from this process: that covers OTLP, but not
   * StatsD.
   */
  private static boolean isDisabled(SettingReader reader) {
    return reader.bool(OpenTelemetrySettings.SDK_DISABLED);
  }

  private static void tellDisabled(SettingReader reader, String key) {
    reader.problem(
        OpenTelemetrySettings.SDK_DISABLED.key()
            + "=true ("
            + reader.value(OpenTelemetrySettings.SDK_DISABLED).origin()
            + ") switches off the otlp exporter that "
            + key
            + " lists.");
  }

  /** Returns the known names of the list, or {@code null} if the list is missing or names none. */
  private static Set<String> listed(SettingReader reader, Setting setting) {
    SettingValue value = reader.value(setting);
    if (value == null) {
      return null;
    }
    List<String> known = setting.choices();
    Set<String> names = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String item : TextLists.split(value.text(), ',')) {
      String name = item.toLowerCase(Locale.ROOT);
      if (known.contains(name)) {
        names.add(name);
      } else {
        unknown.add(name);
      }
    }
    if (names.isEmpty()) {
      reader.reject(
          setting, value, unknown.isEmpty() ? "names no exporter" : reason(unknown, known));
      return null;
    }
    if (!unknown.isEmpty()) {
      reader.problem(
          setting.key()
              + "="
              + value.text()
              + " ("
              + value.origin()
              + "): "
              + reason(unknown, known)
              + ". Using "
              + TextLists.join(names)
              + ".");
    }
    if (names.remove(NONE) && !names.isEmpty()) {
      reader.problem(
          setting.key()
              + "="
              + value.text()
              + " ("
              + value.origin()
              + "): none cannot be combined with other exporters. Using "
              + TextLists.join(names)
              + ".");
    }
    return names;
  }

  private static String reason(List<String> unknown, List<String> known) {
    StringBuilder reason = new StringBuilder();
    for (String name : unknown) {
      reason.append(reason.length() == 0 ? "" : "; ").append(name).append(" is not an exporter");
    }
    return reason.append("; write any of ").append(TextLists.join(known)).toString();
  }
}
