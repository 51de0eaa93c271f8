package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.io.IOException;
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

  private final Map<PrometheusNames, List<Point>> points = new EnumMap<>(PrometheusNames.class);
  private final MetricsWriter writer;
  private final String worker;

  private PrometheusMetrics(MetricsWriter writer, String worker) {
    this.writer = writer;
    this.worker = worker;
  }

  /** Writes the metrics that have series, sorted by name. */
  static void write(MetricsSnapshot snapshot, MetricsWriter writer) throws IOException {
    PrometheusMetrics metrics = new PrometheusMetrics(writer, snapshot.workerId());
    snapshot.adapters().forEach(metrics::adapter);
    snapshot.tools().forEach(metrics::tool);
    snapshot.mailboxes().forEach(metrics::mailbox);
    snapshot.mcp().forEach(metrics::mcp);
    for (PrometheusNames name : PrometheusNames.SORTED) {
      List<Point> points = metrics.points.get(name);
      if (points != null) {
        writer.metric(name, points);
      }
    }
    writer.end();
  }

  private void adapter(AdapterSnapshot adapter) {
    byte[] labels =
        labels(
            "adapter", adapter.adapter(),
            "experiment", adapter.experiment(),
            "model", adapter.model(),
            "operation", adapter.operation());
    histogram(PrometheusNames.RENDER_LATENCY, labels, adapter.renderLatency());
    histogram(PrometheusNames.CALL_LATENCY, labels, adapter.callLatency());
    histogram(PrometheusNames.PARSE_LATENCY, labels, adapter.parseLatency());
    histogram(PrometheusNames.TOOL_LATENCY, labels, adapter.toolLatency());
    histogram(PrometheusNames.TOTAL_LATENCY, labels, adapter.totalLatency(), adapter.exemplar());
    histogram(PrometheusNames.TIME_TO_FIRST_TOKEN, labels, adapter.timeToFirstToken());
    histogram(PrometheusNames.INTER_CHUNK_LATENCY, labels, adapter.interChunkLatency());
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
    if (adapter.firstNanos() > 0) {
      gauge(PrometheusNames.FIRST_CALL, labels, adapter.firstNanos() / NANOS_PER_SECOND);
    }
  }

  private void tool(ToolSnapshot tool) {
    byte[] labels = labels("experiment", tool.experiment(), "tool", tool.toolName());
    histogram(PrometheusNames.TOOL_DURATION, labels, tool.latency(), tool.exemplar());
    counter(PrometheusNames.TOOL_CALLS, labels, tool.callCount());
    counter(PrometheusNames.TOOL_FAILURES, labels, tool.failureCount());
  }

  private void mcp(McpSnapshot requests) {
    boolean sent = requests.side().equals(McpSnapshot.CLIENT);
    byte[] labels =
        labels(
            "experiment", requests.experiment(),
            "method", requests.method(),
            "tool", requests.tool());
    if (requests.method() == null) {
      histogram(
          sent ? PrometheusNames.MCP_CLIENT_SESSION : PrometheusNames.MCP_SERVER_SESSION,
          labels,
          requests.duration());
      return;
    }
    histogram(
        sent ? PrometheusNames.MCP_CLIENT_DURATION : PrometheusNames.MCP_SERVER_DURATION,
        labels,
        requests.duration(),
        requests.exemplar());
    counter(
        sent ? PrometheusNames.MCP_CLIENT_ERRORS : PrometheusNames.MCP_SERVER_ERRORS,
        labels,
        requests.errorCount());
  }

  private void mailbox(MailboxSnapshot mailbox) {
    byte[] labels = labels("queue", mailbox.queueName(), "system", mailbox.system());
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

  private byte[] labels(String... namesAndValues) {
    List<String> known = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      // To Prometheus a label without a value is no label.
      if (namesAndValues[i + 1] != null && !namesAndValues[i + 1].isEmpty()) {
        known.add(namesAndValues[i]);
        known.add(namesAndValues[i + 1]);
      }
    }
    known.add("worker");
    known.add(worker == null ? "" : worker);
    return writer.labels(known);
  }

  private void counter(PrometheusNames metric, byte[] labels, long value) {
    add(metric, new Point(labels, value, null, null));
  }

  private void gauge(PrometheusNames metric, byte[] labels, double value) {
    add(metric, new Point(labels, value, null, null));
  }

  private void histogram(PrometheusNames metric, byte[] labels, HistogramSnapshot histogram) {
    histogram(metric, labels, histogram, null);
  }

  private void histogram(
      PrometheusNames metric, byte[] labels, HistogramSnapshot histogram, Exemplar exemplar) {
    if (!histogram.isEmpty()) {
      add(metric, new Point(labels, seconds(histogram), histogram, exemplar));
    }
  }

  private void add(PrometheusNames metric, Point point) {
    points.computeIfAbsent(metric, m -> new ArrayList<>()).add(point);
  }

  /** Divides once, so that 12 ms are 0.012 s; milliseconds serve where nanoseconds overflow. */
  private static double seconds(HistogramSnapshot histogram) {
    long nanos = histogram.sumNanos();
    return nanos == Long.MAX_VALUE || nanos == Long.MIN_VALUE
        ? histogram.sumMillis() / MILLIS_PER_SECOND
        : nanos / NANOS_PER_SECOND;
  }
}
