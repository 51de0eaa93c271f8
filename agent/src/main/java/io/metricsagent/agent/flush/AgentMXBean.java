package io.metricsagent.agent.flush;

import java.io.IOException;

/** The agent in JMX, as {@code io.metricsagent:type=Agent}. */
public interface AgentMXBean {
  /**
   * Writes a snapshot of this moment to the agent's folder.
   *
   * @return the path of the snapshot's file
   * @throws IOException if the file cannot be written
   */
  String dump() throws IOException;

  /** Returns a snapshot of this moment in the JSON format of the archive. */
  String snapshotJson();
}
