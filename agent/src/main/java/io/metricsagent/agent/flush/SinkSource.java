package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.List;
import java.util.function.Supplier;

/** Makes the sinks of a {@link FlushLoop}, each kind once, on its thread. */
public interface SinkSource {
  /**
   * Returns the sinks that must be there before the first flush, since others come and ask them;
   * called when the thread starts.
   *
   * @param current what they answer with; thread-safe
   */
  List<MetricsSink> early(Supplier<MetricsSnapshot> current);

  /** Returns all others; called at the first flush. */
  List<MetricsSink> lazy();
}
