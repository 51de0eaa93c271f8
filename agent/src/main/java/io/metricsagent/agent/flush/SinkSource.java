package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Knows the sinks of a {@link FlushLoop}, which are opened on its thread, and writes a snapshot
 * whenever somebody asks.
 */
public interface SinkSource {
  /**
   * Returns the sinks that must be there before the first flush, since others come and ask them;
   * called when the thread starts, and again if it throws.
   *
   * @param current what they answer with; thread-safe
   */
  List<SinkPlan> early(Supplier<MetricsSnapshot> current);

  /** Returns all others; called at the first flush, and again if it throws. */
  List<SinkPlan> lazy();

  /**
   * Writes a snapshot to the disk that somebody asked for; thread-safe.
   *
   * @return the absolute path of its file
   * @throws IOException if it cannot be written; the message says what to do
   */
  String dump(MetricsSnapshot snapshot) throws IOException;

  /** Returns a snapshot as JSON; thread-safe. */
  String json(MetricsSnapshot snapshot);
}
