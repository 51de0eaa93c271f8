package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prometheus's text format 0.0.4, and OpenMetrics 1.0.0, which differs by units, exemplars, times
 * of creation and an end. Names are ASCII.
 *
 * <p>Written by hand, because client_java's writers are much slower for large answers: here a line
 * is a copy of a few arrays.
 */
final class TextFormat implements MetricsWriter {
  private static final int FLUSH_BYTES = 32 * 1024;
  private static final byte[][] EDGES = edges();

  private final Text text = new Text();
  private final OutputStream out;
  private final boolean openMetrics;

  /** The end of each line that says when a series was created. */
  private final byte[] createdAt;

  TextFormat(OutputStream out, boolean openMetrics, long createdMillis) {
    this.out = out;
    this.openMetrics = openMetrics;
    createdAt = new Text().ascii("} ").thousandths(createdMillis).ascii("\n").toByteArray();
  }

  /**
   * Returns the last label of each bucket, such as {@code ,le="0.001"}, with the end of the labels
   * and a space.
   */
  private static byte[][] edges() {
    byte[][] edges = new byte[HistogramLayout.SPEC_BUCKETS][];
    for (int i = 0; i < edges.length; i++) {
      String edge =
          i == edges.length - 1
              ? "+Inf"
              : Double.toString(HistogramLayout.specEdgeMillis(i) / 1000.0);
      edges[i] = ascii(",le=\"" + edge + "\"} ");
    }
    return edges;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Leaves out the closing brace, so that a bucket can add its label. */
  @Override
  public byte[] labels(List<String> namesAndValues) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      labels.append(i == 0 ? '{' : ',').append(namesAndValues.get(i)).append("=\"");
      escape(namesAndValues.get(i + 1), labels);
      labels.append('"');
    }
    return labels.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void escape(String value, StringBuilder labels) {
    for (int i = 0; i < value.length(); i++) {
      switch (value.charAt(i)) {
        case '\\' -> labels.append("\\\\");
        case '"' -> labels.append("\\\"");
        case '\n' -> labels.append("\\n");
        default -> labels.append(value.charAt(i));
      }
    }
  }

  @Override
  public void metric(PrometheusMetric metric, List<Point> points) throws IOException {
    boolean counter = metric.isCounter();
    String name = metric.name();
    String announced = counter && !openMetrics ? name + "_total" : name;
    if (!openMetrics) {
      text.ascii("# HELP ").ascii(announced).ascii(" ").ascii(metric.help()).ascii("\n");
    }
    text.ascii("# TYPE ").ascii(announced).ascii(" ").ascii(metric.type()).ascii("\n");
    if (openMetrics) {
      if (metric.unit() != null) {
        text.ascii("# UNIT ").ascii(name).ascii(" ").ascii(metric.unit()).ascii("\n");
      }
      text.ascii("# HELP ").ascii(name).ascii(" ").ascii(metric.help()).ascii("\n");
    }
    byte[] value = ascii(counter ? name + "_total" : name);
    byte[] bucket = ascii(name + "_bucket");
    byte[] count = ascii(name + "_count");
    byte[] sum = ascii(name + "_sum");
    byte[] created = ascii(name + "_created");
    for (Point point : points) {
      if (!metric.isHistogram()) {
        text.bytes(value).bytes(point.labels()).ascii("} ").number(point.value()).ascii("\n");
      } else {
        buckets(bucket, point);
        HistogramSnapshot histogram = point.histogram();
        text.bytes(count).bytes(point.labels()).ascii("} ").number(histogram.count()).ascii("\n");
        text.bytes(sum).bytes(point.labels()).ascii("} ").number(point.value()).ascii("\n");
      }
      if (openMetrics && (counter || metric.isHistogram())) {
        text.bytes(created).bytes(point.labels()).bytes(createdAt);
      }
      if (text.size() > FLUSH_BYTES) {
        text.drainTo(out);
      }
    }
  }

  private void buckets(byte[] name, Point point) {
    long[] counts = point.histogram().specBucketCounts();
    int exemplar = openMetrics ? point.exemplarBucket() : -1;
    long cumulative = 0;
    for (int i = 0; i < counts.length; i++) {
      cumulative += counts[i];
      text.bytes(name).bytes(point.labels()).bytes(EDGES[i]).number(cumulative);
      if (i == exemplar) {
        exemplar(point);
      }
      text.ascii("\n");
    }
  }

  private void exemplar(Point point) {
    Exemplar exemplar = point.exemplar();
    text.ascii(" # ")
        .bytes(labels(List.of("span_id", exemplar.spanId(), "trace_id", exemplar.traceId())))
        .ascii("} ")
        .number(point.exemplarSeconds())
        .ascii(" ")
        .thousandths(exemplar.recordedAt().toEpochMilli());
  }

  @Override
  public void end() throws IOException {
    if (openMetrics) {
      text.ascii("# EOF\n");
    }
    text.drainTo(out);
  }
}
