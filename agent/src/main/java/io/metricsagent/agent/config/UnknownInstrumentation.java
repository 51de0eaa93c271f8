package io.metricsagent.agent.config;

import java.util.Set;
import java.util.TreeSet;

/** The words about a setting of an instrumentation that does not exist. Stateless. */
public final class UnknownInstrumentation {
  private UnknownInstrumentation() {}

  /**
   * Describes the mistake.
   *
   * @param name the name in the setting
   * @param known the names that there are
   */
  public static String describe(String name, Set<String> known) {
    return AgentSettings.INSTRUMENTATION.named(name).key()
        + ": there is no instrumentation of that name; write one of "
        + String.join(", ", new TreeSet<>(known));
  }
}
