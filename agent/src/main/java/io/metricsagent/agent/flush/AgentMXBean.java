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

  /**
   * Returns a snapshot of now in the JSON form of the archive, and has all figures begin again.
   * Each call is in this snapshot or in later ones, and never in both. Exporters that count from
   * the last export do not get what this snapshot hands out.
   */
  String snapshotAndResetJson();

  /** Has all figures begin again, as {@link #snapshotAndResetJson} does. */
  void reset();
}
