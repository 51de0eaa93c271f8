package io.metricsagent.agent.start;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The agent's version, which the build has written. */
public final class AgentVersion {
  private static final String VERSION = read();

  private AgentVersion() {}

  /** Returns the version, such as {@code 0.1.0}. */
  public static String get() {
    return VERSION;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in =
        AgentVersion.class.getResourceAsStream("/io/metricsagent/agent/version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}
