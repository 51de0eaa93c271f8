package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Objects;

/**
 * Turns a snapshot into the metrics of {@link MetricNames}.
 *
 * <p>What is not known has no point: an empty histogram, an unset gauge, cached tokens where none
 * were ever seen. Other counters of a series are exported from 0 on when they are cumulative, so
 * that a first error is a rise; a difference of 0 is left out.
 */
final class SnapshotMetrics {
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final MetricsSnapshot snapshot;
  private final MetricsSnapshot sent;
  private final Points points;
  private final boolean delta;

  private SnapshotMetrics(MetricsSnapshot snapshot, MetricsSnapshot sent, OtlpSettings settings) {
    this.snapshot = snapshot;
    this.sent = sent;
    delta = settings.isDelta();
    points = new Points(snapshot, settings);
  }

  /**
   * Returns the metrics that have points, in one list a request.
   *
   * @param sent what the receiver has already, {@code null} for nothing: its exemplars, at most one
   *     a series, are not sent again
   */
  static List<List<MetricData>> of(
      MetricsSnapshot snapshot, MetricsSnapshot sent, OtlpSettings settings, Resource resource) {
    SnapshotMetrics metrics = new SnapshotMetrics(snapshot, sent, settings);
    snapshot.adapters().forEach(metrics::adapter);
    snapshot.tools().forEach(metrics::tool);
    snapshot.mailboxes().forEach(metrics::mailbox);
    snapshot.mcp().forEach(metrics::mcp);
    return metrics.points.toRequests(resource);
  }

  private void adapter(AdapterSnapshot adapter) {
    Attributes attributes =
        attributes(
            MetricNames.PROVIDER, adapter.adapter(),
            MetricNames.MODEL, adapter.model(),
            MetricNames.OPERATION, adapter.operation(),
            MetricNames.EXPERIMENT, adapter.experiment());
    points.histogram(
        MetricNames.OPERATION_DURATION,
        attributes,
        adapter.withoutError(),
        exemplarWithoutError(adapter));
    adapter
        .failed()
        .forEach(
            (type, latency) -> {
              if (type.equals(AdapterSnapshot.CANCELLED)) {
                return;
              }
              Attributes failed = with(attributes, MetricNames.ERROR_TYPE, type);
              points.histogram(
                  MetricNames.OPERATION_DURATION,
                  failed,
                  latency,
                  exemplar(adapter.exemplar(), type));
              counter(MetricNames.ERRORS, failed, latency.count());
            });
    points.histogram(MetricNames.TIME_TO_FIRST_CHUNK, attributes, adapter.timeToFirstToken());
    points.histogram(MetricNames.TIME_PER_OUTPUT_CHUNK, attributes, adapter.interChunkLatency());
    phase("render", attributes, adapter.renderLatency());
    phase("call", attributes, adapter.callLatency());
    phase("parse", attributes, adapter.parseLatency());
    phase("tool", attributes, adapter.toolLatency());
    points.histogram(
        MetricNames.TOKEN_USAGE,
        with(attributes, MetricNames.TOKEN_TYPE, "input"),
        adapter.inputTokens());
    points.histogram(
        MetricNames.TOKEN_USAGE,
        with(attributes, MetricNames.TOKEN_TYPE, "output"),
        adapter.outputTokens());
    if (adapter.cachedTokens() > 0) {
      counter(MetricNames.CACHED_TOKENS, attributes, adapter.cachedTokens());
    }
    counter(MetricNames.REQUESTS, attributes, adapter.requestCount());
    counter(MetricNames.THROTTLES, attributes, adapter.throttleCount());
    if (adapter.cancelledCount() > 0) {
      counter(MetricNames.CANCELLED, attributes, adapter.cancelledCount());
    }
    if (adapter.firstNanos() > 0) {
      points.gauge(MetricNames.FIRST_CALL, attributes, adapter.firstNanos() / NANOS_PER_SECOND);
    }
  }

  private void phase(String phase, Attributes attributes, HistogramSnapshot latency) {
    points.histogram(
        MetricNames.PHASE_DURATION, with(attributes, MetricNames.PHASE, phase), latency);
  }

  private void tool(ToolSnapshot tool) {
    Attributes attributes =
        attributes(
            MetricNames.TOOL, tool.toolName(),
            MetricNames.EXPERIMENT, tool.experiment());
    points.histogram(
        MetricNames.TOOL_DURATION, attributes, tool.succeeded(), exemplar(tool.exemplar(), null));
    tool.failed()
        .forEach(
            (code, latency) ->
                points.histogram(
                    MetricNames.TOOL_DURATION,
                    with(attributes, MetricNames.ERROR_TYPE, code),
                    latency,
                    exemplar(tool.exemplar(), code)));
    counter(MetricNames.TOOL_CALLS, attributes, tool.callCount());
    counter(MetricNames.TOOL_FAILURES, attributes, tool.failureCount());
  }

  private void mcp(McpSnapshot requests) {
    MetricNames duration = durationOf(requests);
    Attributes attributes =
        attributes(
            MetricNames.MCP_METHOD, requests.method(),
            MetricNames.TOOL, requests.tool(),
            MetricNames.OPERATION, requests.tool() == null ? null : "execute_tool",
            MetricNames.EXPERIMENT, requests.experiment());
    points.histogram(
        duration, attributes, requests.succeeded(), exemplar(requests.exemplar(), null));
    requests
        .failed()
        .forEach(
            (type, latency) -> {
              Attributes failed = with(attributes, MetricNames.ERROR_TYPE, type);
              points.histogram(
                  duration,
                  isCode(type) ? with(failed, MetricNames.STATUS_CODE, type) : failed,
                  latency,
                  exemplar(requests.exemplar(), type));
            });
  }

  private static MetricNames durationOf(McpSnapshot requests) {
    boolean sessions = requests.method() == null;
    if (requests.side().equals(McpSnapshot.CLIENT)) {
      return sessions ? MetricNames.MCP_CLIENT_SESSION : MetricNames.MCP_CLIENT_DURATION;
    }
    return sessions ? MetricNames.MCP_SERVER_SESSION : MetricNames.MCP_SERVER_DURATION;
  }

  /** Whether an error type is a code of JSON-RPC, which are whole numbers. */
  private static boolean isCode(String errorType) {
    return errorType.matches("-?[0-9]+");
  }

  private void mailbox(MailboxSnapshot mailbox) {
    Attributes attributes =
        attributes(
            MetricNames.SYSTEM, mailbox.system(),
            MetricNames.QUEUE, mailbox.queueName());
    points.histogram(MetricNames.MAILBOX_LAG, attributes, mailbox.queueLag());
    counter(MetricNames.MAILBOX_RECEIVED, attributes, mailbox.received());
    counter(MetricNames.MAILBOX_ACKED, attributes, mailbox.acked());
    counter(MetricNames.MAILBOX_NACKED, attributes, mailbox.nacked());
    counter(MetricNames.MAILBOX_EXPIRED, attributes, mailbox.expired());
    counter(MetricNames.MAILBOX_DEAD_LETTERED, attributes, mailbox.deadLettered());
    counter(MetricNames.MAILBOX_RETRIES, attributes, mailbox.retries());
    if (mailbox.depth() != null) {
      points.gauge(MetricNames.MAILBOX_DEPTH, attributes, mailbox.depth());
    }
    if (mailbox.oldestAgeMillis() != null) {
      points.gauge(
          MetricNames.MAILBOX_OLDEST_AGE,
          attributes,
          mailbox.oldestAgeMillis() / MILLIS_PER_SECOND);
    }
  }

  /** A cancelled request is an example of those without an error. */
  private Exemplar exemplarWithoutError(AdapterSnapshot adapter) {
    Exemplar held = adapter.exemplar();
    boolean cancelled = held != null && AdapterSnapshot.CANCELLED.equals(held.errorType());
    return exemplar(held, cancelled ? AdapterSnapshot.CANCELLED : null);
  }

  /** Returns a series' exemplar if it is new, for the one point that it belongs to. */
  private Exemplar exemplar(Exemplar held, String errorType) {
    boolean belongs = held != null && Objects.equals(held.errorType(), errorType);
    return belongs && (sent == null || held.recordedAt().isAfter(sent.capturedAt())) ? held : null;
  }

  private void counter(MetricNames metric, Attributes attributes, long value) {
    if (value > 0 || !delta) {
      points.counter(metric, attributes, value);
    }
  }

  private Attributes attributes(Object... keysAndValues) {
    AttributesBuilder builder = Attributes.builder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      put(builder, (AttributeKey<?>) keysAndValues[i], (String) keysAndValues[i + 1]);
    }
    put(builder, MetricNames.WORKER, snapshot.workerId());
    return builder.build();
  }

  private static void put(AttributesBuilder builder, AttributeKey<?> key, String value) {
    if (value != null && !value.isEmpty()) {
      builder.put(key.getKey(), value);
    }
  }

  private static Attributes with(Attributes attributes, AttributeKey<String> key, String value) {
    return attributes.toBuilder().put(key, value).build();
  }

  /** Nanoseconds in the unit that a histogram is exported in. */
  static double nanosPerUnit(MetricNames metric) {
    return metric.kind() == MetricNames.Kind.DURATION
        ? HistogramLayout.NANOS_PER_MILLI * MILLIS_PER_SECOND
        : HistogramLayout.NANOS_PER_MILLI;
  }
}
