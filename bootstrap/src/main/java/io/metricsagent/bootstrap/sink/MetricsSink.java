package io.metricsagent.bootstrap.sink;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.concurrent.CompletionStage;

/**
 * A place that snapshots are exported to.
 *
 * <p>A user's sink is called on a daemon thread of its own, by one thread at a time, and may block
 * it; the other exporters do not wait for it. An export is not started before the previous one has
 * completed.
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
   * @return a stage that completes when the receiver has the data, and completes exceptionally if
   *     the export failed; the message of the exception is logged
   * @throws Exception as if the stage had completed with it
   */
  CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception;

  /** Releases the resources of the sink; called once, after the last export. */
  @Override
  void close();
}
