package io.metricsagent.agent.flush;

import java.io.IOException;

/** The agent in JMX, as {@code io.metricsagent:type=Agent}. */
public interface AgentMXBean {
  /**
   * Writes a snapshot of now to the agent's folder.
   *
   * @return the path of its file
   * @throws IOException if it cannot be written
   */
  String dump() throws IOException;

  /** Returns a snapshot of now in the JSON form of the archive. */
  String snapshotJson();
}
