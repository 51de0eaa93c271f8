package io.metricsagent.agent.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The settings of a user, for tests: the environment of the machine has no influence. */
final class Settings {
  private String arguments;
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  static Settings none() {
    return new Settings().environment("HOSTNAME", "host-1");
  }

  Settings arguments(String text) {
    arguments = text;
    return this;
  }

  Settings property(String key, String value) {
    properties.setProperty(key, value);
    return this;
  }

  Settings environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  AgentConfig load() {
    return AgentConfig.load(arguments, properties, environment);
  }
}
