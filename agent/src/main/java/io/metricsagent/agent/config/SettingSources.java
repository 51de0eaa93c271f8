package io.metricsagent.agent.config;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Collects settings from all sources, from the weakest to the strongest: file, environment, system
 * properties, agent arguments.
 *
 * <p>An empty value counts as not set, as OpenTelemetry demands for environment variables. Unknown
 * keys that begin with {@code metrics.agent.} are reported in every source; other unknown keys only
 * in the agent's arguments and file, which no other software reads.
 */
final class SettingSources {
  private static final String ENVIRONMENT_PREFIX = "METRICS_AGENT_";
  private static final String OTEL_ENVIRONMENT_PREFIX = "OTEL_";
  private static final String CONFIG_FILE = AgentSettings.CONFIG_FILE.key();

  private final List<String> problems;
  private Map<String, SettingValue> values = new HashMap<>();

  private SettingSources(List<String> problems) {
    this.problems = problems;
  }

  /**
   * Returns the strongest value of each key that is set.
   *
   * @param arguments {@code null} for none
   * @param problems gets one message for each value that cannot be used
   */
  static Map<String, SettingValue> collect(
      String arguments,
      Properties systemProperties,
      Map<String, String> environment,
      List<String> problems) {
    SettingSources sources = new SettingSources(problems);
    sources.readEnvironment(environment);
    sources.readSystemProperties(systemProperties);
    if (arguments != null) {
      AgentArguments.read(arguments, sources);
    }
    SettingValue file = sources.values.get(CONFIG_FILE);
    return file == null ? sources.values : sources.above(file);
  }

  private void readEnvironment(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      boolean own = name.startsWith(ENVIRONMENT_PREFIX);
      if (!own && !name.startsWith(OTEL_ENVIRONMENT_PREFIX)) {
        continue;
      }
      String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
      if (SettingCatalogue.find(key) != null) {
        put(key, variable.getValue(), "environment ".concat(name));
      } else if (own) {
        unknown(name, "environment", environmentName(SettingCatalogue.nearest(key)));
      }
    }
  }

  private static String environmentName(String key) {
    return key == null ? null : key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private void readSystemProperties(Properties properties) {
    for (String key : properties.stringPropertyNames()) {
      boolean own = key.startsWith(SettingCatalogue.PREFIX);
      if (!own && !key.startsWith(SettingCatalogue.OTEL_PREFIX)) {
        continue;
      }
      if (SettingCatalogue.find(key) != null) {
        put(key, properties.getProperty(key), "system property");
      } else if (own) {
        unknown(key, "system property", SettingCatalogue.nearest(key));
      }
    }
  }

  /** Returns all settings of a file, overridden by the settings that have been read so far. */
  private Map<String, SettingValue> above(SettingValue path) {
    Map<String, SettingValue> stronger = values;
    values = new HashMap<>();
    try {
      PropertiesFile.read(new File(path.text()), this);
    } catch (IOException e) {
      // The message of FileInputStream holds the path and the system's reason: "… (No such file or
      // directory)".
      problem(
          CONFIG_FILE
              + " ("
              + path.origin()
              + "): cannot read "
              + e.getMessage()
              + ". Starting without it.");
    }
    values.putAll(stronger);
    return values;
  }

  void putFromFile(String key, String text, String origin) {
    if (key.equals(CONFIG_FILE)) {
      problem(origin + ": " + CONFIG_FILE + " has no effect in the file itself. Ignored.");
    } else if (SettingCatalogue.find(key) == null) {
      unknown(key, origin, SettingCatalogue.nearest(key));
    } else {
      put(key, text, origin);
    }
  }

  /** Sets a known key; an empty text changes nothing. */
  void put(String key, String text, String origin) {
    String trimmed = text.trim();
    if (!trimmed.isEmpty()) {
      String canonical = SettingCatalogue.canonical(key);
      values.put(canonical, new SettingValue(canonical, trimmed, origin));
    }
  }

  /**
   * Reports an unknown key.
   *
   * @param name the key as the user wrote it
   * @param nearest what to write instead, in the same form, or {@code null}
   */
  void unknown(String name, String origin, String nearest) {
    StringBuilder message = new StringBuilder();
    message.append("unknown setting ").append(name).append(" (").append(origin).append("). ");
    if (nearest == null) {
      message.append("\"java -jar metrics-agent.jar config\" lists the known ones.");
    } else {
      message.append("Did you mean ").append(nearest).append('?');
    }
    problem(message.append(" Ignored.").toString());
  }

  void problem(String message) {
    problems.add(message);
  }
}
