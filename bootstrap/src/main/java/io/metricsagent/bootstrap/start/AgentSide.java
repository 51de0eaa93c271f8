package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.bootstrap.targets.TargetWeaver;

/** The agent's own side, as the {@link Launcher} sees it; {@link SideOpener} opens it. */
public interface AgentSide {
  /**
   * Reads the settings and prepares to weave and to export. Called once, before all other methods.
   *
   * @param door not yet added to the JVM if the user may have named targets
   * @return the weaver, or {@code null} if the agent is switched off
   */
  TargetWeaver start(StartFacts facts, TargetTransformer door);

  /**
   * Exports until {@link #stop}. Called on the agent's thread; if that thread dies, called again on
   * a new one.
   */
  void run();

  /**
   * Writes a snapshot because a user asks for it; called on any thread.
   *
   * @return the path of the file, or a line that begins with {@code error:}
   */
  String dump();

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
