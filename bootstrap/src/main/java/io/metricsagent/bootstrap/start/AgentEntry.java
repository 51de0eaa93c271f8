package io.metricsagent.bootstrap.start;

import java.lang.instrument.Instrumentation;

/** The agent's side, as the launcher sees it. */
public interface AgentEntry {
  /**
   * Starts the agent.
   *
   * @param arguments what follows the jar in {@code -javaagent}, or {@code null}
   * @param attached whether the application runs already
   */
  void start(String arguments, Instrumentation jvm, boolean attached);
}
