package io.metricsagent.exporters.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Prometheus's protobuf format, the only one that carries native histograms: messages {@code
 * io.prometheus.client.MetricFamily}, each after its length. Stateless.
 *
 * <p>By hand, since the module of client_java that writes it brings 2 MB of a protobuf library for
 * these few messages. The numbers are those of {@code io/prometheus/client/metrics.proto}.
 */
final class ProtobufFormat {
  /** Put together here: as one constant, the packaging would give it our copy's package. */
  static final String MESSAGE = "io.".concat("prometheus.client.MetricFamily");

  static final String CONTENT_TYPE =
      "application/vnd.google.protobuf; proto=".concat(MESSAGE).concat("; encoding=delimited");

  private static final int COUNTER = 0;
  private static final int GAUGE = 1;
  private static final int HISTOGRAM = 4;

  private ProtobufFormat() {}

  static void write(OutputStream out, MetricSnapshots metrics) throws IOException {
    for (MetricSnapshot metric : metrics) {
      family(metric).writeDelimited(out);
    }
  }

  private static ProtobufMessage family(MetricSnapshot metric) {
    DataPointSnapshot first = metric.getDataPoints().get(0);
    int type =
        first instanceof HistogramDataPointSnapshot
            ? HISTOGRAM
            : first instanceof CounterDataPointSnapshot ? COUNTER : GAUGE;
    String name = metric.getMetadata().getPrometheusName();
    ProtobufMessage family =
        new ProtobufMessage()
            .text(1, type == COUNTER ? name + "_total" : name)
            .text(2, metric.getMetadata().getHelp())
            .number(3, type);
    for (DataPointSnapshot point : metric.getDataPoints()) {
      family.message(4, point(point));
    }
    if (metric.getMetadata().hasUnit()) {
      family.text(5, metric.getMetadata().getUnit().toString());
    }
    return family;
  }

  private static ProtobufMessage point(DataPointSnapshot point) {
    ProtobufMessage message = new ProtobufMessage();
    labels(point.getLabels(), message);
    if (point instanceof HistogramDataPointSnapshot histogram) {
      return message.message(7, histogram(histogram));
    }
    if (point instanceof CounterDataPointSnapshot counter) {
      return message.message(
          3,
          new ProtobufMessage()
              .real(1, counter.getValue())
              .message(3, timestamp(counter.getCreatedTimestampMillis())));
    }
    return message.message(
        2, new ProtobufMessage().real(1, ((GaugeDataPointSnapshot) point).getValue()));
  }

  private static void labels(Labels labels, ProtobufMessage message) {
    for (Label label : labels) {
      message.message(1, new ProtobufMessage().text(1, label.getName()).text(2, label.getValue()));
    }
  }

  private static ProtobufMessage exemplar(Exemplar exemplar) {
    ProtobufMessage message = new ProtobufMessage();
    labels(exemplar.getLabels(), message);
    return message
        .real(2, exemplar.getValue())
        .message(3, timestamp(exemplar.getTimestampMillis()));
  }

  private static ProtobufMessage histogram(HistogramDataPointSnapshot histogram) {
    ProtobufMessage message =
        new ProtobufMessage().number(1, histogram.getCount()).real(2, histogram.getSum());
    ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
    long cumulative = 0;
    double lower = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < buckets.size(); i++) {
      cumulative += buckets.getCount(i);
      double upper = buckets.getUpperBound(i);
      ProtobufMessage bucket = new ProtobufMessage().number(1, cumulative).real(2, upper);
      Exemplar exemplar = histogram.getExemplars().get(lower, upper);
      message.message(3, exemplar == null ? bucket : bucket.message(3, exemplar(exemplar)));
      lower = upper;
    }
    message
        .signed(5, histogram.getNativeSchema())
        .real(6, histogram.getNativeZeroThreshold())
        .number(7, histogram.getNativeZeroCount());
    positive(histogram.getNativeBucketsForPositiveValues(), message);
    return message.message(15, timestamp(histogram.getCreatedTimestampMillis()));
  }

  /**
   * Spans say which buckets there are: so many after a gap, which for the first is the index of its
   * first bucket. Counts are differences to the count before.
   */
  private static void positive(NativeHistogramBuckets buckets, ProtobufMessage message) {
    int next = 0;
    for (int start = 0; start < buckets.size(); ) {
      int end = start + 1;
      while (end < buckets.size()
          && buckets.getBucketIndex(end) == buckets.getBucketIndex(end - 1) + 1) {
        end++;
      }
      message.message(
          12,
          new ProtobufMessage()
              .signed(1, buckets.getBucketIndex(start) - next)
              .number(2, end - start));
      next = buckets.getBucketIndex(end - 1) + 1;
      start = end;
    }
    long before = 0;
    for (int i = 0; i < buckets.size(); i++) {
      message.signed(13, buckets.getCount(i) - before);
      before = buckets.getCount(i);
    }
  }

  private static ProtobufMessage timestamp(long millis) {
    return new ProtobufMessage()
        .number(1, Math.floorDiv(millis, 1000))
        .number(2, Math.floorMod(millis, 1000L) * 1_000_000);
  }
}
