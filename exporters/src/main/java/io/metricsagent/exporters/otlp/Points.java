package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.measures.GaugeMeasure;
import io.metricsagent.bootstrap.measures.Measure;
import io.metricsagent.bootstrap.measures.MeasureType;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.otlp.OtlpSettings.HistogramAggregation;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Gathers the points of one export by metric. Used by one thread. */
final class Points {
  static final int MAX_POINTS = 2000;
  private static final long MAX_BYTES = 3_500_000;
  static final String SCOPE = "io.metricsagent";

  /**
   * A metric and its points. Where several measures share a metric, the first one describes it.
   *
   * @param histogramUnit the unit of its histograms
   */
  record Metric(
      String name,
      String description,
      String unit,
      MetricDataType type,
      HistogramUnit histogramUnit,
      List<PointData> points) {}

  private final boolean ownNames;
  private final Map<String, Metric> metrics = new LinkedHashMap<>();
  private final boolean exponential;
  private final AggregationTemporality temporality;
  private final String version;
  private final long end;
  private final long start;

  Points(MetricsSnapshot snapshot, OtlpSettings settings) {
    exponential = settings.histograms() == HistogramAggregation.BASE2_EXPONENTIAL;
    ownNames = settings.names() == OtlpSettings.Names.WINK;
    temporality =
        settings.isDelta() ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
    version = snapshot.agent().version();
    end = epochNanos(snapshot.capturedAt());
    // After a clock stepped back, an interval must not end before it starts.
    start = Math.min(end, epochNanos(snapshot.startedAt()));
  }

  private static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  /** Returns the metric of a measure, which several measures may share. */
  Metric metric(Measure measure) {
    String name = ownNames ? measure.otlp().own() : measure.otlp().conventional();
    return metrics.computeIfAbsent(
        name,
        n ->
            new Metric(
                n,
                measure.otlp().description(),
                measure.unit(),
                dataType(measure.type()),
                HistogramUnit.of(measure),
                new ArrayList<>()));
  }

  /** Adds a raw value, with the time when it was true. */
  void raw(GaugeMeasure measure, Attributes attributes, Instant at, double value) {
    Metric metric =
        metrics.computeIfAbsent(
            measure.otlp(),
            n ->
                new Metric(
                    n,
                    measure.help(),
                    measure.unit(),
                    MetricDataType.DOUBLE_GAUGE,
                    HistogramUnit.UNITS,
                    new ArrayList<>()));
    long time = epochNanos(at);
    metric.points.add(
        DoublePointData.create(Math.min(start, time), time, attributes, value, List.of()));
  }

  void number(Metric metric, Attributes attributes, long value) {
    metric.points.add(LongPointData.create(start, end, attributes, value));
  }

  void seconds(Metric metric, Attributes attributes, double value) {
    metric.points.add(DoublePointData.create(start, end, attributes, value, List.of()));
  }

  /**
   * Adds a point, unless the histogram is empty.
   *
   * @param exemplar one of the calls, or {@code null}
   */
  void histogram(
      Metric metric, Attributes attributes, HistogramSnapshot histogram, Exemplar exemplar) {
    if (!histogram.isEmpty()) {
      HistogramUnit unit = metric.histogramUnit;
      List<DoubleExemplarData> exemplars =
          exemplar == null ? List.of() : List.of(exemplar(exemplar, unit.nanos()));
      metric.points.add(
          exponential
              ? exponential(unit, attributes, histogram, exemplars)
              : explicit(unit, attributes, histogram, exemplars));
    }
  }

  private static DoubleExemplarData exemplar(Exemplar exemplar, double unit) {
    return DoubleExemplarData.create(
        Attributes.empty(),
        epochNanos(exemplar.recordedAt()),
        SpanContext.create(
            exemplar.traceId(),
            exemplar.spanId(),
            TraceFlags.getSampled(),
            TraceState.getDefault()),
        exemplar.nanos() / unit);
  }

  private HistogramPointData explicit(
      HistogramUnit unit,
      Attributes attributes,
      HistogramSnapshot histogram,
      List<DoubleExemplarData> exemplars) {
    ExplicitBuckets buckets =
        unit == HistogramUnit.SECONDS ? ExplicitBuckets.SECONDS : ExplicitBuckets.UNITS;
    HistogramPointData point =
        HistogramPointData.create(
            start,
            end,
            attributes,
            histogram.sumNanos() / unit.nanos(),
            true,
            histogram.minNanos() / unit.nanos(),
            true,
            histogram.maxNanos() / unit.nanos(),
            buckets.bounds(),
            buckets.counts(histogram));
    return exemplars.isEmpty() ? point : new WithExemplars(point, exemplars);
  }

  private ExponentialHistogramPointData exponential(
      HistogramUnit unit,
      Attributes attributes,
      HistogramSnapshot histogram,
      List<DoubleExemplarData> exemplars) {
    ExponentialBuckets buckets = ExponentialBuckets.of(histogram, unit);
    return ExponentialHistogramPointData.create(
        buckets.scale(),
        histogram.sumNanos() / unit.nanos(),
        buckets.zeroCount(),
        true,
        histogram.minNanos() / unit.nanos(),
        true,
        histogram.maxNanos() / unit.nanos(),
        ExponentialHistogramBuckets.create(buckets.scale(), buckets.offset(), buckets.counts()),
        ExponentialHistogramBuckets.create(buckets.scale(), 0, List.of()),
        start,
        end,
        attributes,
        exemplars);
  }

  /**
   * Returns the metrics, split into requests of at most {@value #MAX_POINTS} points and about
   * {@value #MAX_BYTES} bytes each, because receivers refuse larger messages (gRPC's default limit
   * is 4 MB). A metric may be in several requests, a point is in one.
   */
  List<List<MetricData>> toRequests(Resource resource) {
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder(SCOPE).setVersion(version).build();
    List<List<MetricData>> requests = new ArrayList<>();
    List<MetricData> request = new ArrayList<>();
    int pointsInRequest = 0;
    long bytes = 0;
    for (Metric metric : metrics.values()) {
      List<PointData> list = metric.points();
      int from = 0;
      for (int i = 0; i < list.size(); i++) {
        long size = estimatedBytes(list.get(i));
        if (pointsInRequest == MAX_POINTS || (bytes > 0 && bytes + size > MAX_BYTES)) {
          if (i > from) {
            request.add(metric(resource, scope, metric, list.subList(from, i)));
          }
          requests.add(request);
          request = new ArrayList<>();
          pointsInRequest = 0;
          bytes = 0;
          from = i;
        }
        pointsInRequest++;
        bytes += size;
      }
      if (from < list.size()) {
        request.add(metric(resource, scope, metric, list.subList(from, list.size())));
      }
    }
    if (!request.isEmpty()) {
      requests.add(request);
    }
    return requests;
  }

  private OtlpMetric metric(
      Resource resource, InstrumentationScopeInfo scope, Metric metric, List<PointData> list) {
    return new OtlpMetric(
        resource,
        scope,
        metric.name,
        metric.description,
        metric.unit,
        metric.type,
        data(metric.type, list));
  }

  /**
   * Returns an upper estimate: names and values in UTF-8, at most 11 bytes a bucket, and a constant
   * for the rest.
   */
  private static long estimatedBytes(PointData point) {
    long[] bytes = {100};
    point
        .getAttributes()
        .forEach(
            (key, value) ->
                bytes[0] += 16 + 3L * (key.getKey().length() + value.toString().length()));
    if (point instanceof HistogramPointData histogram) {
      bytes[0] += 16L * histogram.getCounts().size();
    } else if (point instanceof ExponentialHistogramPointData histogram) {
      bytes[0] += 11L * histogram.getPositiveBuckets().getBucketCounts().size();
    }
    return bytes[0];
  }

  private MetricDataType dataType(MeasureType type) {
    return switch (type) {
      case LATENCY, OUTCOMES, UNITS ->
          exponential ? MetricDataType.EXPONENTIAL_HISTOGRAM : MetricDataType.HISTOGRAM;
      case GAUGE, LEVEL -> MetricDataType.LONG_GAUGE;
      case GAUGE_MILLIS, FIRST_TIME -> MetricDataType.DOUBLE_GAUGE;
      default -> MetricDataType.LONG_SUM;
    };
  }

  private Data<?> data(MetricDataType type, List<PointData> list) {
    return switch (type) {
      case EXPONENTIAL_HISTOGRAM ->
          ExponentialHistogramData.create(
              temporality, cast(list, ExponentialHistogramPointData.class));
      case HISTOGRAM -> HistogramData.create(temporality, cast(list, HistogramPointData.class));
      case LONG_GAUGE -> GaugeData.createLongGaugeData(cast(list, LongPointData.class));
      case DOUBLE_GAUGE -> GaugeData.createDoubleGaugeData(cast(list, DoublePointData.class));
      default -> SumData.createLongSumData(true, temporality, cast(list, LongPointData.class));
    };
  }

  private static <T extends PointData> List<T> cast(List<PointData> list, Class<T> type) {
    return list.stream().map(type::cast).toList();
  }
}
