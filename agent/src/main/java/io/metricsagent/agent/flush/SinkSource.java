package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Supplies the sinks of a {@link FlushLoop}, whose thread opens them, and writes snapshots on
 * request.
 */
public interface SinkSource {
  /**
   * Returns the sinks that must be open before the first flush because others call them. Called
   * when the thread starts, and again if this method throws.
   *
   * @param current supplies the snapshot that these sinks answer with; thread-safe
   */
  List<SinkPlan> early(Supplier<MetricsSnapshot> current);

  /** Returns all other sinks. Called at the first flush, and again if this method throws. */
  List<SinkPlan> lazy();

  /**
   * Writes a requested snapshot to the disk; thread-safe.
   *
   * @return the absolute path of the snapshot's file
   * @throws IOException if the file cannot be written; the message says what to do
   */
  String dump(MetricsSnapshot snapshot) throws IOException;

  /** Returns a snapshot as JSON; thread-safe. */
  String json(MetricsSnapshot snapshot);
}
