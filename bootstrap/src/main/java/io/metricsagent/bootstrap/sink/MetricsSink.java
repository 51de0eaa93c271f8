package io.metricsagent.bootstrap.sink;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.concurrent.CompletionStage;

/**
 * A place that snapshots are exported to.
 *
 * <p>A sink of a user's is called by one thread at a time, a daemon thread of its own, and may wait
 * there; the other exporters do not wait for it. The next export is not asked for before the last
 * one has completed.
 */
public interface MetricsSink extends AutoCloseable {
  /**
   * Returns the name under which {@code metrics.agent.exporters} lists it, such as {@code otlp}.
   */
  String name();

  /**
   * Exports everything that was recorded since the start (not since the last export). A sink that
   * sends differences remembers what it has sent.
   *
   * @return completes when the receiver has the data, exceptionally when it does not; the message
   *     of the exception is logged
   * @throws Exception as if the stage had completed with it
   */
  CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception;

  /** Frees what the sink holds; called once, after the last export. */
  @Override
  void close();
}
