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

  /** Exports until {@link #stop}; called on the agent's thread, again where that has died. */
  void run();

  /** Has {@link #run} export soon; returns at once. Called when the JVM begins to end. */
  void flushSoon();

  /**
   * Exports for the last time, on the thread of {@link #run}; called when nothing of the
   * application's runs any more, returns when that is done or late.
   */
  void stop();
}
