package io.metricsagent.benchmarks;

import io.metricsagent.bootstrap.registry.Registry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Recorder;

/** The libraries behind one interface, for memory and accuracy. */
final class Instruments {
  /** A latency instrument with many series. */
  interface Instrument {
    void record(String series, long nanos);

    /** Estimates quantiles of a series, in nanoseconds. */
    double[] quantiles(String series, double[] ps);

    /** Returns the object that refers to all memory of the instrument. */
    Object root();
  }

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private Instruments() {}

  static Map<String, Supplier<Instrument>> all() {
    Map<String, Supplier<Instrument>> all = new LinkedHashMap<>();
    all.put("**metrics-agent**", Agent::new);
    all.put(
        "OpenTelemetry SDK, explicit buckets",
        () -> new Otel(Aggregation.explicitBucketHistogram()));
    all.put(
        "OpenTelemetry SDK, exponential",
        () -> new Otel(Aggregation.base2ExponentialBucketHistogram()));
    all.put("Micrometer `Timer`, percentile histogram", Micrometer::new);
    all.put(
        "Prometheus client_java, classic",
        () -> new Prometheus(prometheus().classicOnly().build()));
    all.put(
        "Prometheus client_java, native", () -> new Prometheus(prometheus().nativeOnly().build()));
    all.put("HdrHistogram `Recorder(2)`", Hdr::new);
    return all;
  }

  private static Histogram.Builder prometheus() {
    return Histogram.builder().name("tool_seconds").labelNames("tool");
  }

  private static final class Agent implements Instrument {
    private final Registry registry = Registries.empty();

    @Override
    public void record(String series, long nanos) {
      registry.tool(series).recordSuccess(nanos);
    }

    @Override
    public double[] quantiles(String series, double[] ps) {
      var latency =
          registry.snapshot().tools().stream()
              .filter(tool -> tool.toolName().equals(series))
              .findFirst()
              .orElseThrow()
              .latency();
      double[] result = new double[ps.length];
      for (int i = 0; i < ps.length; i++) {
        result[i] = latency.percentileMillis(ps[i]) * 1e6;
      }
      return result;
    }

    @Override
    public Object root() {
      return registry;
    }
  }

  private static final class Otel implements Instrument {
    private static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");

    private final OpenTelemetry.OnDemand reader = new OpenTelemetry.OnDemand();
    private final DoubleHistogram histogram;

    Otel(Aggregation aggregation) {
      histogram = OpenTelemetry.histogram(aggregation, reader);
    }

    @Override
    public void record(String series, long nanos) {
      histogram.record(nanos / NANOS_PER_MILLI, Attributes.of(TOOL, series));
    }

    @Override
    public double[] quantiles(String series, double[] ps) {
      MetricData data = reader.read().iterator().next();
      Buckets buckets = new Buckets();
      for (HistogramPointData point : data.getHistogramData().getPoints()) {
        for (int i = 0; i < point.getCounts().size(); i++) {
          double lower = i == 0 ? point.getMin() : point.getBoundaries().get(i - 1);
          double upper =
              i == point.getBoundaries().size() ? point.getMax() : point.getBoundaries().get(i);
          buckets.add(lower, Math.max(lower, upper), point.getCounts().get(i));
        }
      }
      for (ExponentialHistogramPointData point : data.getExponentialHistogramData().getPoints()) {
        ExponentialHistogramBuckets positive = point.getPositiveBuckets();
        double base = Math.pow(2, Math.pow(2, -point.getScale()));
        for (int i = 0; i < positive.getBucketCounts().size(); i++) {
          double lower = Math.pow(base, positive.getOffset() + i);
          buckets.add(lower, lower * base, positive.getBucketCounts().get(i));
        }
      }
      return buckets.quantiles(ps, NANOS_PER_MILLI);
    }

    @Override
    public Object root() {
      return histogram;
    }
  }

  private static final class Micrometer implements Instrument {
    private final MicrometerTimers registry = new MicrometerTimers();
    private final Map<String, Timer> timers = new HashMap<>();

    @Override
    public void record(String series, long nanos) {
      timers.computeIfAbsent(series, registry::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public double[] quantiles(String series, double[] ps) {
      Buckets buckets = new Buckets();
      double lower = 0;
      double below = 0;
      for (CountAtBucket bucket : timers.get(series).takeSnapshot().histogramCounts()) {
        buckets.add(lower, bucket.bucket(), bucket.count() - below);
        lower = bucket.bucket();
        below = bucket.count();
      }
      return buckets.quantiles(ps, 1);
    }

    @Override
    public Object root() {
      return registry;
    }
  }

  private record Prometheus(Histogram histogram) implements Instrument {
    @Override
    public void record(String series, long nanos) {
      histogram.labelValues(series).observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public double[] quantiles(String series, double[] ps) {
      HistogramDataPointSnapshot point =
          histogram.collect().getDataPoints().stream()
              .filter(data -> data.getLabels().get("tool").equals(series))
              .findFirst()
              .orElseThrow();
      Buckets buckets = new Buckets();
      if (point.hasClassicHistogramData()) {
        ClassicHistogramBuckets classic = point.getClassicBuckets();
        double lower = 0;
        for (int i = 0; i < classic.size(); i++) {
          // histogram_quantile() returns the last edge for values beyond it
          double edge = classic.getUpperBound(i);
          double upper = Double.isInfinite(edge) ? lower : edge;
          buckets.add(lower, upper, classic.getCount(i));
          lower = upper;
        }
      } else {
        NativeHistogramBuckets positive = point.getNativeBucketsForPositiveValues();
        double base = Math.pow(2, Math.pow(2, -point.getNativeSchema()));
        for (int i = 0; i < positive.size(); i++) {
          double upper = Math.pow(base, positive.getBucketIndex(i));
          buckets.add(upper / base, upper, positive.getCount(i));
        }
      }
      return buckets.quantiles(ps, NANOS_PER_SECOND);
    }

    @Override
    public Object root() {
      return histogram;
    }
  }

  private static final class Hdr implements Instrument {
    private final Map<String, Recorder> recorders = new HashMap<>();

    @Override
    public void record(String series, long nanos) {
      recorders.computeIfAbsent(series, name -> new Recorder(2)).recordValue(nanos);
    }

    @Override
    public double[] quantiles(String series, double[] ps) {
      var interval = recorders.get(series).getIntervalHistogram();
      double[] result = new double[ps.length];
      for (int i = 0; i < ps.length; i++) {
        result[i] = interval.getValueAtPercentile(ps[i] * 100);
      }
      return result;
    }

    @Override
    public Object root() {
      return recorders;
    }
  }
}
