package io.metricsagent.exporters.prometheus;

import java.io.IOException;
import java.util.List;

/** Writes an answer in one format. Used by one thread. */
interface MetricsWriter {
  /**
   * Returns labels in this format. Called once for all metrics of a series.
   *
   * @param namesAndValues at least one name and its value, then the next ones; sorted by name
   */
  byte[] labels(List<String> namesAndValues);

  /** Writes a metric and all its series. Called in the order of the metrics' names. */
  void metric(PrometheusMetric metric, List<Point> points) throws IOException;

  /** Writes what follows the last metric. */
  void end() throws IOException;
}
