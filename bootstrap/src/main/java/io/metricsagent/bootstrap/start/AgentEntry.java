package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.targets.TargetWeaver;

/** What the launcher calls on the agent's own side. */
public interface AgentEntry {
  /**
   * Reads the settings and prepares to weave and to export. Called once, before all other methods.
   *
   * @return the weaver, or {@code null} if the agent is switched off
   */
  TargetWeaver start(AgentStart start);

  /**
   * Exports until {@link #stop}. Called on the agent's thread; if that thread dies, called again on
   * a new one.
   */
  void run();

  /**
   * Makes {@link #run} export soon, and returns at once. Called when the JVM begins to shut down.
   */
  void flushSoon();

  /**
   * Makes the thread of {@link #run} export for the last time, and returns when that is done or has
   * taken too long. Called when the application's shutdown hooks have ended.
   */
  void stop();
}
