package io.metricsagent.bootstrap.start;

import java.util.List;

/**
 * Decides whether the user may have named targets of his own, which must be known before the first
 * class of the application is loaded. Stateless.
 *
 * <p>If the answer is wrongly yes, the application starts more slowly; if it is wrongly no, the
 * user's targets are not measured.
 */
public final class TargetSettings {
  /**
   * The settings that name targets, among them the one for thread pools, whose class is loaded
   * already, and the one for actors, whose targets are not among the built-in ones; and the setting
   * that names a file with more settings.
   */
  public static final List<String> KEYS =
      List.of(
          "metrics.agent.adapters.include",
          "metrics.agent.tools.include",
          "metrics.agent.mailboxes.include",
          "metrics.agent.runs.include",
          "metrics.agent.rules.file",
          "metrics.agent.executors.enabled",
          "metrics.agent.actors.enabled",
          "metrics.agent.config.file");

  private TargetSettings() {}

  /**
   * Returns whether any of the sources of settings may name a target.
   *
   * @param arguments the agent's arguments, or {@code null}
   */
  static boolean mayBeSet(String arguments) {
    if (arguments != null && !arguments.isEmpty()) {
      return true;
    }
    for (String key : KEYS) {
      if (System.getProperty(key) != null || System.getenv(environmentName(key)) != null) {
        return true;
      }
    }
    return false;
  }

  /** Returns the environment variable for a setting: upper case, with underscores for dots. */
  private static String environmentName(String key) {
    StringBuilder name = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      name.append(c == '.' ? '_' : Character.toUpperCase(c));
    }
    return name.toString();
  }
}
