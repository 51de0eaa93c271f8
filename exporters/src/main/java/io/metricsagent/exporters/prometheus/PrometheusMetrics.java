package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.registry.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a snapshot into the metrics of {@link PrometheusNames}.
 *
 * <p>What is not known has no series: an empty histogram, an unset gauge, cached tokens where none
 * were ever seen. Other counters of a series begin at 0, so that a first error is a rise. Used by
 * one thread.
 */
final class PrometheusMetrics {
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] CLASSIC_BOUNDS = classicBounds();

  private final Map<PrometheusNames, List<DataPointSnapshot>> points =
      new EnumMap<>(PrometheusNames.class);
  private final String worker;
  private final long createdMillis;

  private PrometheusMetrics(MetricsSnapshot snapshot) {
    worker = snapshot.workerId();
    createdMillis = snapshot.startedAt().toEpochMilli();
  }

  /** Returns the metrics that have series, sorted by name. */
  static MetricSnapshots of(MetricsSnapshot snapshot) {
    PrometheusMetrics metrics = new PrometheusMetrics(snapshot);
    snapshot.adapters().forEach(metrics::adapter);
    snapshot.tools().forEach(metrics::tool);
    snapshot.mailboxes().forEach(metrics::mailbox);
    List<MetricSnapshot> all = new ArrayList<>();
    metrics.points.forEach((name, list) -> all.add(metric(name, list)));
    return new MetricSnapshots(all);
  }

  private void adapter(AdapterSnapshot adapter) {
    Labels labels =
        labels(
            "adapter", adapter.adapter(),
            "model", adapter.model(),
            "operation", adapter.operation(),
            "experiment", adapter.experiment());
    histogram(PrometheusNames.RENDER_LATENCY, labels, adapter.renderLatency());
    histogram(PrometheusNames.CALL_LATENCY, labels, adapter.callLatency());
    histogram(PrometheusNames.PARSE_LATENCY, labels, adapter.parseLatency());
    histogram(PrometheusNames.TOOL_LATENCY, labels, adapter.toolLatency());
    histogram(PrometheusNames.TOTAL_LATENCY, labels, adapter.totalLatency(), adapter.exemplar());
    histogram(PrometheusNames.TIME_TO_FIRST_TOKEN, labels, adapter.timeToFirstToken());
    long input = adapter.inputTokenCount();
    long output = adapter.outputTokenCount();
    if (!adapter.inputTokens().isEmpty() || !adapter.outputTokens().isEmpty()) {
      counter(PrometheusNames.TOKENS, labels, input + output);
      counter(PrometheusNames.INPUT_TOKENS, labels, input);
      counter(PrometheusNames.OUTPUT_TOKENS, labels, output);
    }
    if (adapter.cachedTokens() > 0) {
      counter(PrometheusNames.CACHED_TOKENS, labels, adapter.cachedTokens());
    }
    counter(PrometheusNames.REQUESTS, labels, adapter.requestCount());
    counter(PrometheusNames.ERRORS, labels, adapter.errorCount());
    counter(PrometheusNames.THROTTLES, labels, adapter.throttleCount());
    counter(PrometheusNames.CANCELLED, labels, adapter.cancelledCount());
  }

  private void tool(ToolSnapshot tool) {
    Labels labels = labels("tool", tool.toolName(), "experiment", tool.experiment());
    histogram(PrometheusNames.TOOL_DURATION, labels, tool.latency(), tool.exemplar());
    counter(PrometheusNames.TOOL_CALLS, labels, tool.callCount());
    counter(PrometheusNames.TOOL_FAILURES, labels, tool.failureCount());
  }

  private void mailbox(MailboxSnapshot mailbox) {
    Labels labels = labels("queue", mailbox.queueName(), "system", mailbox.system());
    histogram(PrometheusNames.LAG, labels, mailbox.queueLag());
    counter(PrometheusNames.RECEIVED, labels, mailbox.received());
    counter(PrometheusNames.ACKED, labels, mailbox.acked());
    counter(PrometheusNames.NACKED, labels, mailbox.nacked());
    counter(PrometheusNames.EXPIRED, labels, mailbox.expired());
    counter(PrometheusNames.DEAD_LETTERED, labels, mailbox.deadLettered());
    counter(PrometheusNames.RETRIES, labels, mailbox.retries());
    if (mailbox.depth() != null) {
      gauge(PrometheusNames.DEPTH, labels, mailbox.depth());
    }
    if (mailbox.oldestAgeMillis() != null) {
      gauge(PrometheusNames.OLDEST_AGE, labels, mailbox.oldestAgeMillis() / MILLIS_PER_SECOND);
    }
  }

  /** To Prometheus a label without a value is no label. */
  private Labels labels(String... namesAndValues) {
    Labels.Builder labels = Labels.builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      label(labels, namesAndValues[i], namesAndValues[i + 1]);
    }
    label(labels, "worker", worker);
    return labels.build();
  }

  private static void label(Labels.Builder labels, String name, String value) {
    if (value != null && !value.isEmpty()) {
      labels.label(name, value);
    }
  }

  private void counter(PrometheusNames metric, Labels labels, long value) {
    add(metric, new CounterDataPointSnapshot(value, labels, null, createdMillis));
  }

  private void gauge(PrometheusNames metric, Labels labels, double value) {
    add(metric, new GaugeDataPointSnapshot(value, labels, null));
  }

  private void histogram(PrometheusNames metric, Labels labels, HistogramSnapshot histogram) {
    histogram(metric, labels, histogram, null);
  }

  private void histogram(
      PrometheusNames metric, Labels labels, HistogramSnapshot histogram, Exemplar exemplar) {
    if (histogram.isEmpty()) {
      return;
    }
    NativeBuckets exponential = NativeBuckets.of(histogram);
    add(
        metric,
        new HistogramDataPointSnapshot(
            ClassicHistogramBuckets.of(CLASSIC_BOUNDS, histogram.specBucketCounts()),
            NativeBuckets.SCHEMA,
            exponential.zeroCount(),
            NativeBuckets.ZERO_THRESHOLD,
            exponential.positive(),
            NativeHistogramBuckets.EMPTY,
            seconds(histogram),
            labels,
            exemplar == null ? Exemplars.EMPTY : Exemplars.of(exemplar(exemplar)),
            createdMillis));
  }

  private static io.prometheus.metrics.model.snapshots.Exemplar exemplar(Exemplar exemplar) {
    return io.prometheus.metrics.model.snapshots.Exemplar.builder()
        .value(exemplar.nanos() / NANOS_PER_SECOND)
        .traceId(exemplar.traceId())
        .spanId(exemplar.spanId())
        .timestampMillis(exemplar.recordedAt().toEpochMilli())
        .build();
  }

  /** Divides once, so that 12 ms are 0.012 s; milliseconds serve where nanoseconds overflow. */
  private static double seconds(HistogramSnapshot histogram) {
    long nanos = histogram.sumNanos();
    return nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE
        ? histogram.sumMillis() / MILLIS_PER_SECOND
        : nanos / NANOS_PER_SECOND;
  }

  private static double[] classicBounds() {
    double[] bounds = new double[HistogramLayout.SPEC_BUCKETS];
    for (int i = 0; i < bounds.length - 1; i++) {
      bounds[i] = HistogramLayout.specEdgeMillis(i) / MILLIS_PER_SECOND;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  private void add(PrometheusNames metric, DataPointSnapshot point) {
    points.computeIfAbsent(metric, m -> new ArrayList<>()).add(point);
  }

  private static MetricSnapshot metric(PrometheusNames name, List<DataPointSnapshot> points) {
    return switch (name.kind()) {
      case SECONDS ->
          new io.prometheus.metrics.model.snapshots.HistogramSnapshot(
              name.metadata(), cast(points, HistogramDataPointSnapshot.class));
      case TOKENS, COUNTER ->
          new CounterSnapshot(name.metadata(), cast(points, CounterDataPointSnapshot.class));
      case GAUGE, SECONDS_GAUGE ->
          new GaugeSnapshot(name.metadata(), cast(points, GaugeDataPointSnapshot.class));
    };
  }

  private static <T> List<T> cast(List<DataPointSnapshot> points, Class<T> type) {
    return points.stream().map(type::cast).toList();
  }
}
