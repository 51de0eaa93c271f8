package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.targets.TargetWeaver;

/** The agent's own side, as the launcher sees it. */
public interface AgentEntry {
  /**
   * Reads the settings and prepares to weave and to export. Called once, before anything else here.
   *
   * @return what weaves, or {@code null} if the agent is switched off
   */
  TargetWeaver start(AgentStart start);

  /** Exports until {@link #stop}; called on the agent's thread. */
  void run();

  /** Exports for the last time; called when the JVM ends, returns when that is done or late. */
  void stop();
}
