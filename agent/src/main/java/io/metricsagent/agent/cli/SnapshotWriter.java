package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a snapshot in the JSON form of the archive. */
public interface SnapshotWriter {
  /**
   * Writes a snapshot; leaves the stream open.
   *
   * @throws IOException if the stream cannot be written
   */
  void write(MetricsSnapshot snapshot, OutputStream out) throws IOException;
}
