package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.measures.Attribute;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.Otlp;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.Outcomes;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a snapshot into the metrics of its kinds.
 *
 * <p>Unknown values have no point: an empty histogram, an unset gauge, cached tokens if none were
 * ever seen. With cumulative temporality, other counters of a series are exported even at 0, so
 * that the first error is visible as an increase; with delta temporality, a difference of 0 is left
 * out.
 */
final class SnapshotMetrics {
  private static final String ERROR_TYPE = "error.type";

  /** The attribute that OpenTelemetry's conventions define for the error code of JSON-RPC. */
  private static final String STATUS_CODE = "rpc.response.status_code";

  private static final String MCP = "mcp";
  private static final String WORKER = "worker";
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final MetricsSnapshot snapshot;
  private final MetricsSnapshot sent;
  private final Points points;
  private final boolean delta;
  private final boolean messaging;

  /**
   * The metrics of each kind, by the index of the measure; {@code null} for measures that are not
   * exported.
   */
  private final Map<Kind, Points.Metric[]> metrics = new HashMap<>();

  private SnapshotMetrics(MetricsSnapshot snapshot, MetricsSnapshot sent, OtlpSettings settings) {
    this.snapshot = snapshot;
    this.sent = sent;
    delta = settings.isDelta();
    messaging = settings.messaging();
    points = new Points(snapshot, settings);
  }

  /**
   * Returns the metrics that have points, one list for each request.
   *
   * @param sent the snapshot that the receiver has already, or {@code null}; its exemplars and its
   *     points are not sent again
   */
  static List<List<MetricData>> of(
      MetricsSnapshot snapshot, MetricsSnapshot sent, OtlpSettings settings, Resource resource) {
    SnapshotMetrics metrics = new SnapshotMetrics(snapshot, sent, settings);
    snapshot.series().forEach(metrics::series);
    List<GaugePoint> unsent = sent == null ? snapshot.points() : snapshot.pointsSince(sent);
    unsent.forEach(metrics::point);
    return metrics.points.toRequests(resource);
  }

  private void point(GaugePoint point) {
    AttributesBuilder builder = Attributes.builder();
    point.tags().forEach((key, value) -> put(builder, key, value));
    if (!point.measure().foreign()) {
      put(builder, WORKER, snapshot.workerId());
    }
    points.raw(point.measure(), builder.build(), point.at(), point.value());
  }

  private void series(SeriesSnapshot series) {
    Points.Metric[] ofKind = metrics.computeIfAbsent(series.kind(), this::metricsOf);
    Attributes attributes = attributes(series);
    for (Measure measure : series.kind().measures()) {
      Points.Metric metric = ofKind[measure.index()];
      if (metric != null) {
        value(measure, metric, series, attributes);
      }
    }
  }

  private Points.Metric[] metricsOf(Kind kind) {
    Points.Metric[] ofKind = new Points.Metric[kind.measures().size()];
    for (Measure measure : kind.measures()) {
      if (isExported(measure.otlp())) {
        ofKind[measure.index()] = points.metric(measure);
      }
    }
    return ofKind;
  }

  private boolean isExported(Otlp otlp) {
    return otlp != null && (messaging || otlp.points() != Otlp.Points.ON_REQUEST);
  }

  private void value(
      Measure measure, Points.Metric metric, SeriesSnapshot series, Attributes ofSeries) {
    Attributes attributes = ofSeries;
    for (Attribute fixed : measure.otlp().attributes()) {
      attributes = with(attributes, fixed.key(), fixed.value());
    }
    switch (measure.type()) {
      case LATENCY, UNITS -> points.histogram(metric, attributes, series.histogram(measure), null);
      case OUTCOMES -> outcomes(series.outcomes(measure), metric, series, attributes);
      case GAUGE, LEVEL -> {
        Long value = series.numberOrNull(measure);
        if (value != null) {
          points.number(metric, attributes, value);
        }
      }
      case GAUGE_MILLIS -> seconds(measure, metric, attributes, series, MILLIS_PER_SECOND);
      case FIRST_TIME -> seconds(measure, metric, attributes, series, NANOS_PER_SECOND);
      default -> counter(measure, metric, attributes, series);
    }
  }

  private void outcomes(
      Outcomes calls, Points.Metric metric, SeriesSnapshot series, Attributes attributes) {
    points.histogram(
        metric, attributes, calls.withoutError(), unsent(calls.exemplarWithoutError()));
    calls
        .failed()
        .forEach(
            (type, latency) ->
                points.histogram(
                    metric,
                    failed(series, attributes, type),
                    latency,
                    unsent(calls.exemplarOf(type))));
  }

  private static Attributes failed(SeriesSnapshot series, Attributes attributes, String type) {
    Attributes failed = with(attributes, ERROR_TYPE, type);
    boolean code = series.kind().section().equals(MCP) && isCode(type);
    return code ? with(failed, STATUS_CODE, type) : failed;
  }

  /** Returns whether an error type is a code of JSON-RPC: a whole number. */
  private static boolean isCode(String errorType) {
    return errorType.matches("-?[0-9]+");
  }

  private void counter(
      Measure measure, Points.Metric metric, Attributes attributes, SeriesSnapshot series) {
    if (measure.otlp().points() == Otlp.Points.BY_ERROR_TYPE) {
      for (Map.Entry<String, HistogramSnapshot> failed : series.calls().failed().entrySet()) {
        points.number(
            metric, with(attributes, ERROR_TYPE, failed.getKey()), failed.getValue().count());
      }
      return;
    }
    long value = series.number(measure);
    if (value > 0 || !(delta || measure.otlp().points() == Otlp.Points.POSITIVE)) {
      points.number(metric, attributes, value);
    }
  }

  private void seconds(
      Measure measure,
      Points.Metric metric,
      Attributes attributes,
      SeriesSnapshot series,
      double divisor) {
    Long value = series.numberOrNull(measure);
    if (value != null) {
      points.seconds(metric, attributes, value / divisor);
    }
  }

  /** Returns an exemplar if it is new, or {@code null}. */
  private Exemplar unsent(Exemplar held) {
    boolean isNew = held != null && (sent == null || held.recordedAt().isAfter(sent.capturedAt()));
    return isNew ? held : null;
  }

  private Attributes attributes(SeriesSnapshot series) {
    AttributesBuilder builder = Attributes.builder();
    List<Label> labels = series.kind().labels();
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      String value = series.label(i);
      if (label.otlp() != null) {
        put(builder, label.otlp(), value);
      }
      if (label.implied() != null && value != null) {
        put(builder, label.implied().key(), label.implied().value());
      }
    }
    put(builder, WORKER, snapshot.workerId());
    return builder.build();
  }

  private static void put(AttributesBuilder builder, String key, String value) {
    if (value != null && !value.isEmpty()) {
      builder.put(key, value);
    }
  }

  private static Attributes with(Attributes attributes, String key, String value) {
    return attributes.toBuilder().put(key, value).build();
  }
}
