package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a snapshot into the metrics of its kinds.
 *
 * <p>Unknown values have no series: an empty histogram, an unset gauge, tokens if none were ever
 * counted. Other counters are written even at 0, so that the first error is visible as an increase.
 * Used by one thread.
 */
final class PrometheusMetrics {
  private static final String WORKER = "worker";
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  /** A metric with its points. */
  private record Family(PrometheusMetric metric, List<Point> points) {
    String name() {
      return metric.name();
    }
  }

  private final List<Family> families = new ArrayList<>();
  private final MetricsWriter writer;
  private final String worker;

  private PrometheusMetrics(MetricsWriter writer, String worker) {
    this.writer = writer;
    this.worker = worker;
  }

  /** Writes the metrics that have series, sorted by name. */
  static void write(MetricsSnapshot snapshot, MetricsWriter writer) throws IOException {
    PrometheusMetrics metrics = new PrometheusMetrics(writer, snapshot.workerId());
    for (Kind kind : snapshot.kinds()) {
      metrics.add(kind, snapshot.ofKind(kind));
    }
    metrics.add(snapshot.points());
    metrics.families.sort(Comparator.comparing(Family::name));
    for (Family family : metrics.families) {
      writer.metric(family.metric(), family.points());
    }
    writer.end();
  }

  private void add(Kind kind, List<SeriesSnapshot> all) {
    List<byte[]> labels = new ArrayList<>(all.size());
    for (SeriesSnapshot series : all) {
      labels.add(labels(series));
    }
    for (Measure measure : kind.measures()) {
      if (measure.prometheus() == null) {
        continue;
      }
      List<Point> points = new ArrayList<>(all.size());
      for (int i = 0; i < all.size(); i++) {
        Point point = point(measure, all.get(i), labels.get(i));
        if (point != null) {
          points.add(point);
        }
      }
      if (!points.isEmpty()) {
        families.add(new Family(PrometheusMetric.of(measure), points));
      }
    }
  }

  private void add(List<GaugePoint> raw) {
    Map<GaugeMeasure, List<Point>> byMeasure = new LinkedHashMap<>();
    for (GaugePoint point : raw) {
      Map<String, String> labels = new TreeMap<>(point.tags());
      labels.values().removeIf(String::isEmpty);
      if (!point.measure().foreign()) {
        labels.put(WORKER, worker == null ? "" : worker);
      }
      byMeasure
          .computeIfAbsent(point.measure(), none -> new ArrayList<>())
          .add(new Point(labels(labels), point.value(), null, null));
    }
    byMeasure.forEach(
        (measure, points) -> families.add(new Family(PrometheusMetric.of(measure), points)));
  }

  private byte[] labels(SeriesSnapshot series) {
    Map<String, String> sorted = new TreeMap<>();
    List<Label> labels = series.kind().labels();
    for (int i = 0; i < labels.size(); i++) {
      String value = series.label(i);
      // For Prometheus an empty label is the same as a missing one.
      if (labels.get(i).name() != null && value != null && !value.isEmpty()) {
        sorted.put(labels.get(i).name(), value);
      }
    }
    sorted.put(WORKER, worker == null ? "" : worker);
    return labels(sorted);
  }

  private byte[] labels(Map<String, String> sorted) {
    List<String> namesAndValues = new ArrayList<>(2 * sorted.size());
    sorted.forEach(
        (name, value) -> {
          namesAndValues.add(name);
          namesAndValues.add(value);
        });
    return writer.labels(namesAndValues);
  }

  /** Returns the point of a series, or {@code null} if the value is unknown. */
  private static Point point(Measure measure, SeriesSnapshot series, byte[] labels) {
    return switch (measure.type()) {
      case LATENCY -> histogram(labels, series.histogram(measure), null);
      case OUTCOMES ->
          histogram(labels, series.histogram(measure), series.outcomes(measure).exemplar());
      case UNITS, ALL_UNITS -> series.hasUnits() ? number(measure, series, labels, 1) : null;
      case GAUGE_MILLIS -> number(measure, series, labels, MILLIS_PER_SECOND);
      case FIRST_TIME -> number(measure, series, labels, NANOS_PER_SECOND);
      default -> number(measure, series, labels, 1);
    };
  }

  private static Point number(
      Measure measure, SeriesSnapshot series, byte[] labels, double divisor) {
    long value = series.number(measure);
    boolean left = value == 0 && measure.isPositiveForPrometheus();
    return left || value == SeriesSnapshot.UNKNOWN
        ? null
        : new Point(labels, value / divisor, null, null);
  }

  private static Point histogram(byte[] labels, HistogramSnapshot histogram, Exemplar exemplar) {
    return histogram.isEmpty() ? null : new Point(labels, seconds(histogram), histogram, exemplar);
  }

  /**
   * Returns the sum in seconds, by a single division, so that 12 ms are exactly 0.012 s; from
   * milliseconds if the nanoseconds overflow.
   */
  private static double seconds(HistogramSnapshot histogram) {
    long nanos = histogram.sumNanos();
    return nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE
        ? histogram.sumMillis() / MILLIS_PER_SECOND
        : nanos / NANOS_PER_SECOND;
  }
}
