package io.metricsagent.exporters.prometheus;

import java.io.IOException;
import java.util.List;

/** Writes an answer in one format. Used by one thread. */
interface MetricsWriter {
  /**
   * Returns labels as the format writes them, made once for all metrics of a series.
   *
   * @param namesAndValues at least one of each, in turn; sorted by name
   */
  byte[] labels(List<String> namesAndValues);

  /** Writes a metric and all its series; metrics come in the order of their names. */
  void metric(PrometheusMetric metric, List<Point> points) throws IOException;

  /** Writes what comes behind the last metric. */
  void end() throws IOException;
}
