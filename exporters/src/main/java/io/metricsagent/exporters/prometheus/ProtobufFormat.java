package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Prometheus's protobuf format, the only one that carries native histograms: messages {@code
 * io.prometheus.client.MetricFamily}, each preceded by its length.
 *
 * <p>Written by hand, because the module of client_java for it needs 2 MB of a protobuf library for
 * these few messages. The field numbers are those of {@code io/prometheus/client/metrics.proto}.
 */
final class ProtobufFormat implements MetricsWriter {
  static final String MESSAGE = "io.prometheus.client.MetricFamily";

  static final String CONTENT_TYPE =
      "application/vnd.google.protobuf; proto=" + MESSAGE + "; encoding=delimited";

  private static final int COUNTER = 0;
  private static final int GAUGE = 1;
  private static final int HISTOGRAM = 4;
  private static final double[] BOUNDS = bounds();

  private final ProtobufMessage message = new ProtobufMessage();
  private final OutputStream out;
  private final long createdMillis;

  ProtobufFormat(OutputStream out, long createdMillis) {
    this.out = out;
    this.createdMillis = createdMillis;
  }

  private static double[] bounds() {
    double[] bounds = new double[HistogramLayout.SPEC_BUCKETS];
    for (int i = 0; i < bounds.length - 1; i++) {
      bounds[i] = HistogramLayout.specEdgeMillis(i) / 1000.0;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  @Override
  public byte[] labels(List<String> namesAndValues) {
    ProtobufMessage labels = new ProtobufMessage();
    labels(namesAndValues, labels);
    return labels.toByteArray();
  }

  private static void labels(List<String> namesAndValues, ProtobufMessage message) {
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      int label = message.begin(1);
      message.text(1, namesAndValues.get(i)).text(2, namesAndValues.get(i + 1)).end(label);
    }
  }

  @Override
  public void metric(PrometheusMetric metric, List<Point> points) throws IOException {
    String name = metric.name();
    int type = metric.isHistogram() ? HISTOGRAM : metric.isCounter() ? COUNTER : GAUGE;
    int family = message.beginDelimited();
    message
        .text(1, type == COUNTER ? name + "_total" : name)
        .text(2, metric.help())
        .number(3, type);
    for (Point point : points) {
      int start = message.begin(4);
      message.add(point.labels());
      switch (type) {
        case HISTOGRAM -> histogram(point);
        case COUNTER -> counter(point);
        default -> gauge(point);
      }
      message.end(start);
    }
    if (metric.unit() != null) {
      message.text(5, metric.unit());
    }
    message.end(family);
    message.drainTo(out);
  }

  private void gauge(Point point) {
    int gauge = message.begin(2);
    message.real(1, point.value()).end(gauge);
  }

  private void counter(Point point) {
    int counter = message.begin(3);
    message.real(1, point.value());
    timestamp(3, createdMillis);
    message.end(counter);
  }

  private void histogram(Point point) {
    HistogramSnapshot histogram = point.histogram();
    int start = message.begin(7);
    message.number(1, histogram.count()).real(2, point.value());
    long[] counts = histogram.specBucketCounts();
    int exemplar = point.exemplarBucket();
    long cumulative = 0;
    for (int i = 0; i < counts.length; i++) {
      cumulative += counts[i];
      int bucket = message.begin(3);
      message.number(1, cumulative).real(2, BOUNDS[i]);
      if (i == exemplar) {
        exemplar(point);
      }
      message.end(bucket);
    }
    message
        .signed(5, NativeBuckets.SCHEMA)
        .real(6, NativeBuckets.ZERO_THRESHOLD)
        .number(7, histogram.bucketCount(0));
    positive(NativeBuckets.of(histogram));
    timestamp(15, createdMillis);
    message.end(start);
  }

  private void exemplar(Point point) {
    Exemplar exemplar = point.exemplar();
    int start = message.begin(3);
    labels(List.of("span_id", exemplar.spanId(), "trace_id", exemplar.traceId()), message);
    message.real(2, point.exemplarSeconds());
    timestamp(3, exemplar.recordedAt().toEpochMilli());
    message.end(start);
  }

  /**
   * Writes the buckets as spans and counts. A span is a number of buckets after a gap; the gap of
   * the first span is the index of its first bucket. Each count is the difference to the count
   * before.
   */
  private void positive(NativeBuckets buckets) {
    int[] indexes = buckets.indexes();
    int next = 0;
    for (int start = 0; start < buckets.size(); ) {
      int end = start + 1;
      while (end < buckets.size() && indexes[end] == indexes[end - 1] + 1) {
        end++;
      }
      int span = message.begin(12);
      message.signed(1, indexes[start] - next).number(2, end - start).end(span);
      next = indexes[end - 1] + 1;
      start = end;
    }
    long before = 0;
    for (int i = 0; i < buckets.size(); i++) {
      message.signed(13, buckets.counts()[i] - before);
      before = buckets.counts()[i];
    }
  }

  private void timestamp(int field, long millis) {
    int timestamp = message.begin(field);
    message
        .number(1, Math.floorDiv(millis, 1000))
        .number(2, Math.floorMod(millis, 1000L) * 1_000_000)
        .end(timestamp);
  }

  @Override
  public void end() {}
}
