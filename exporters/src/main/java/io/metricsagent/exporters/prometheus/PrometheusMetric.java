package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.Measure;

/**
 * A metric for Prometheus, in base units.
 *
 * @param name the name without the suffixes of its type; ASCII
 * @param help the help text; ASCII
 * @param type {@code counter}, {@code gauge} or {@code histogram}
 * @param unit the unit, with which the name ends, or {@code null} for a plain number
 */
record PrometheusMetric(String name, String help, String type, String unit) {
  private static final String COUNTER = "counter";
  private static final String GAUGE = "gauge";
  private static final String HISTOGRAM = "histogram";

  static PrometheusMetric of(Measure measure) {
    String type =
        measure.type().isTime() ? HISTOGRAM : measure.type().isCounter() ? COUNTER : GAUGE;
    return new PrometheusMetric(
        measure.prometheus(), measure.help(), type, measure.prometheusUnit());
  }

  static PrometheusMetric of(GaugeMeasure measure) {
    return new PrometheusMetric(measure.prometheus(), measure.help(), GAUGE, null);
  }

  boolean isCounter() {
    return type.equals(COUNTER);
  }

  boolean isHistogram() {
    return type.equals(HISTOGRAM);
  }
}
