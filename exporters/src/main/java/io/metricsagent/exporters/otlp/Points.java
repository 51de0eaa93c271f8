package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Gathers the points of one export by metric. Used by one thread. */
final class Points {
  private static final String SCOPE = "io.metricsagent";

  private final Map<MetricNames, List<PointData>> points = new EnumMap<>(MetricNames.class);
  private final boolean exponential;
  private final AggregationTemporality temporality;
  private final String version;
  private final long end;
  private final long start;

  Points(MetricsSnapshot snapshot, OtlpSettings settings) {
    exponential = settings.histograms() == HistogramAggregation.BASE2_EXPONENTIAL;
    temporality =
        settings.isDelta() ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
    version = snapshot.agent().version();
    end = epochNanos(snapshot.capturedAt());
    // A clock that stepped back must not make an interval that ends before it starts.
    start = Math.min(end, epochNanos(snapshot.startedAt()));
  }

  private static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  void counter(MetricNames metric, Attributes attributes, long value) {
    add(metric, LongPointData.create(start, end, attributes, value));
  }

  void gauge(MetricNames metric, Attributes attributes, long value) {
    add(metric, LongPointData.create(start, end, attributes, value));
  }

  void gauge(MetricNames metric, Attributes attributes, double value) {
    add(metric, DoublePointData.create(start, end, attributes, value, List.of()));
  }

  /** Adds a point if there is any value. */
  void histogram(MetricNames metric, Attributes attributes, HistogramSnapshot histogram) {
    if (!histogram.isEmpty()) {
      double unit = SnapshotMetrics.nanosPerUnit(metric);
      add(
          metric,
          exponential
              ? exponential(unit, attributes, histogram)
              : explicit(metric, unit, attributes, histogram));
    }
  }

  private HistogramPointData explicit(
      MetricNames metric, double unit, Attributes attributes, HistogramSnapshot histogram) {
    ExplicitBuckets buckets =
        metric.kind() == MetricNames.Kind.DURATION
            ? ExplicitBuckets.SECONDS
            : ExplicitBuckets.UNITS;
    return HistogramPointData.create(
        start,
        end,
        attributes,
        histogram.sumNanos() / unit,
        true,
        histogram.minNanos() / unit,
        true,
        histogram.maxNanos() / unit,
        buckets.bounds(),
        buckets.counts(histogram));
  }

  private ExponentialHistogramPointData exponential(
      double unit, Attributes attributes, HistogramSnapshot histogram) {
    ExponentialBuckets buckets = ExponentialBuckets.of(histogram, unit);
    return ExponentialHistogramPointData.create(
        buckets.scale(),
        histogram.sumNanos() / unit,
        buckets.zeroCount(),
        true,
        histogram.minNanos() / unit,
        true,
        histogram.maxNanos() / unit,
        ExponentialHistogramBuckets.create(buckets.scale(), buckets.offset(), buckets.counts()),
        ExponentialHistogramBuckets.create(buckets.scale(), 0, List.of()),
        start,
        end,
        attributes,
        List.of());
  }

  private void add(MetricNames metric, PointData point) {
    points.computeIfAbsent(metric, m -> new ArrayList<>()).add(point);
  }

  List<MetricData> toMetrics(Resource resource) {
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder(SCOPE).setVersion(version).build();
    List<MetricData> metrics = new ArrayList<>();
    points.forEach(
        (metric, list) ->
            metrics.add(new OtlpMetric(resource, scope, metric, type(metric), data(metric, list))));
    return metrics;
  }

  private MetricDataType type(MetricNames metric) {
    return switch (metric.kind()) {
      case DURATION, UNITS ->
          exponential ? MetricDataType.EXPONENTIAL_HISTOGRAM : MetricDataType.HISTOGRAM;
      case COUNTER -> MetricDataType.LONG_SUM;
      case LONG_GAUGE -> MetricDataType.LONG_GAUGE;
      case DOUBLE_GAUGE -> MetricDataType.DOUBLE_GAUGE;
    };
  }

  private Data<?> data(MetricNames metric, List<PointData> list) {
    return switch (metric.kind()) {
      case DURATION, UNITS ->
          exponential
              ? ExponentialHistogramData.create(
                  temporality, cast(list, ExponentialHistogramPointData.class))
              : HistogramData.create(temporality, cast(list, HistogramPointData.class));
      case COUNTER -> SumData.createLongSumData(true, temporality, cast(list, LongPointData.class));
      case LONG_GAUGE -> GaugeData.createLongGaugeData(cast(list, LongPointData.class));
      case DOUBLE_GAUGE -> GaugeData.createDoubleGaugeData(cast(list, DoublePointData.class));
    };
  }

  private static <T extends PointData> List<T> cast(List<PointData> list, Class<T> type) {
    return list.stream().map(type::cast).toList();
  }
}
