package io.metricsagent.agent.config;

import static io.metricsagent.agent.config.Setting.computed;
import static io.metricsagent.agent.config.Setting.constant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of the command {@code serve}: their declarations, in the order of the reference
 * table, and their values. Immutable.
 *
 * @param token the secret that clients send, or {@code null} if the command makes one up
 * @param maxSessions how many sessions may be open, at least 1
 */
public record ServeSettings(String token, int maxSessions) {
  private static final List<Setting> ALL = new ArrayList<>();

  public static final Setting TOKEN =
      computed(
              "metrics.agent.serve.token",
              SettingType.SECRET,
              "one that the command `serve` makes up and prints",
              "The bearer token that clients of the command `serve` send with sessions.")
          .addTo(ALL);

  public static final Setting MAX_SESSIONS =
      constant(
              "metrics.agent.serve.max.sessions",
              SettingType.COUNT,
              "1000",
              "How many sessions may be open at the command `serve`; further ones are refused.")
          .addTo(ALL);

  /** Returns the settings of this class in the order of the reference table. */
  static List<Setting> all() {
    return Collections.unmodifiableList(ALL);
  }

  /**
   * Returns the settings of the command, which the agent in an application does not read.
   *
   * @param problems gets a message for each value that cannot be used
   */
  public static ServeSettings of(AgentConfig config, List<String> problems) {
    SettingReader reader = config.reader();
    reader.reportTo(problems);
    return new ServeSettings(reader.textOrNull(TOKEN), reader.count(MAX_SESSIONS));
  }
}
