package io.metricsagent.exporters.statsd;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Turns what was recorded since the last flush into StatsD lines. Used by one thread.
 *
 * <p>Tags are those of the metrics specification. Operations of one adapter and model therefore
 * share a series at the server; counters and timings add up there. Only a gauge would overwrite, so
 * a queue name that occurs in more than one messaging system also gets the tag {@code system}.
 */
final class SnapshotLines {
  /** Lines of one timing and flush; beyond it a line stands for more than one call. */
  static final int MAX_TIMING_LINES = 1000;

  private static final String COUNTER = "c";
  private static final String GAUGE = "g";
  private static final String TIMING = "ms";

  private final StatsdSettings settings;
  private final DoubleSupplier random;
  private final Packets packets;
  private final String prefix;
  private final StringBuilder line = new StringBuilder(200);

  /**
   * Makes a writer of lines.
   *
   * @param random from 0 to 1; decides the fate of the fraction of a call that sampling leaves
   */
  SnapshotLines(StatsdSettings settings, DoubleSupplier random, Packets packets) {
    this.settings = settings;
    this.random = random;
    this.packets = packets;
    prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + ".";
  }

  void add(MetricsSnapshot delta) {
    delta.adapters().forEach(adapter -> addAdapter(adapter, delta.workerId()));
    delta.tools().forEach(tool -> addTool(tool, delta.workerId()));
    delta.mcp().forEach(requests -> addMcp(requests, delta.workerId()));
    Map<String, Integer> systems = new HashMap<>();
    delta.mailboxes().forEach(mailbox -> systems.merge(mailbox.queueName(), 1, Integer::sum));
    for (MailboxSnapshot mailbox : delta.mailboxes()) {
      addMailbox(mailbox, delta.workerId(), systems.get(mailbox.queueName()) > 1);
    }
  }

  private void addAdapter(AdapterSnapshot adapter, String worker) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    tag(tags, "adapter", adapter.adapter());
    tag(tags, "model", adapter.model());
    tag(tags, "experiment", adapter.experiment());
    tag(tags, "worker", worker);
    timing("adapter.render_latency_ms", adapter.renderLatency(), tags);
    timing("adapter.call_latency_ms", adapter.callLatency(), tags);
    timing("adapter.parse_latency_ms", adapter.parseLatency(), tags);
    timing("adapter.tool_latency_ms", adapter.toolLatency(), tags);
    timing("adapter.total_latency_ms", adapter.totalLatency(), tags);
    timing("adapter.time_to_first_token_ms", adapter.timeToFirstToken(), tags);
    timing("adapter.inter_chunk_latency_ms", adapter.interChunkLatency(), tags);
    counter("adapter.tokens", adapter.inputTokenCount() + adapter.outputTokenCount(), tags);
    counter("adapter.input_tokens", adapter.inputTokenCount(), tags);
    counter("adapter.output_tokens", adapter.outputTokenCount(), tags);
    counter("adapter.cached_tokens", adapter.cachedTokens(), tags);
    counter("adapter.requests", adapter.requestCount(), tags);
    counter("adapter.errors", adapter.errorCount(), tags);
    counter("adapter.throttles", adapter.throttleCount(), tags);
    counter("adapter.cancelled", adapter.cancelledCount(), tags);
    if (adapter.firstNanos() > 0) {
      // A timing, as operations share a series: the gauge of one would overwrite that of another.
      line("adapter.first_call_ms", millis(adapter.firstNanos()), TIMING, "", tags);
    }
  }

  private void addTool(ToolSnapshot tool, String worker) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    tag(tags, "tool", tool.toolName());
    tag(tags, "experiment", tool.experiment());
    tag(tags, "worker", worker);
    timing("tool.latency_ms", tool.latency(), tags);
    counter("tool.calls", tool.callCount(), tags);
    counter("tool.failures", tool.failureCount(), tags);
  }

  private void addMcp(McpSnapshot requests, String worker) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    tag(tags, "method", requests.method());
    tag(tags, "tool", requests.tool());
    tag(tags, "experiment", requests.experiment());
    tag(tags, "worker", worker);
    String side = "mcp." + requests.side();
    String what = requests.method() == null ? ".session_duration_ms" : ".operation_duration_ms";
    timing(side + what, requests.duration(), tags);
    counter(side + ".errors", requests.errorCount(), tags);
  }

  private void addMailbox(MailboxSnapshot mailbox, String worker, boolean ambiguous) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    tag(tags, "queue", mailbox.queueName());
    tag(tags, "worker", worker);
    if (ambiguous) {
      tag(tags, "system", mailbox.system());
    }
    timing("mailbox.lag_ms", mailbox.queueLag(), tags);
    counter("mailbox.received", mailbox.received(), tags);
    counter("mailbox.acked", mailbox.acked(), tags);
    counter("mailbox.nacked", mailbox.nacked(), tags);
    counter("mailbox.expired", mailbox.expired(), tags);
    counter("mailbox.dead_lettered", mailbox.deadLettered(), tags);
    counter("mailbox.retries", mailbox.retries(), tags);
    gauge("mailbox.depth", mailbox.depth(), tags);
    gauge("mailbox.oldest_age_ms", mailbox.oldestAgeMillis(), tags);
  }

  /**
   * Adds what the sink did since the last flush, under names of its own and never sampled: they
   * tell of the agent, not of the application.
   */
  void add(StatsdSink.Statistics delta, String worker) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    tag(tags, "worker", worker);
    own("packets_sent", delta.packetsSent(), tags);
    own("bytes_sent", delta.bytesSent(), tags);
    own("packets_refused", delta.packetsRefused(), tags);
    own("lines_dropped", delta.linesDropped(), tags);
  }

  private void own(String name, long delta, Map<String, String> tags) {
    if (delta > 0) {
      line.setLength(0);
      settings
          .dialect()
          .append(line, "metrics.agent.statsd." + name, Long.toString(delta), COUNTER, "", tags);
      end();
    }
  }

  private static void tag(Map<String, String> tags, String key, String value) {
    if (value != null && !value.isEmpty()) {
      tags.put(key, value);
    }
  }

  /** A negative value would be a gauge's decrement in this protocol; none of ours can be. */
  private void gauge(String name, Long value, Map<String, String> tags) {
    if (value != null && value >= 0) {
      line(name, Long.toString(value), GAUGE, "", tags);
    }
  }

  private void counter(String name, long delta, Map<String, String> tags) {
    long sampled = sample(delta);
    if (sampled > 0) {
      line(name, Long.toString(sampled), COUNTER, rate(1), tags);
    }
  }

  private void timing(String name, HistogramSnapshot delta, Map<String, String> tags) {
    long sampled = sample(delta.count());
    if (sampled <= 0) {
      return;
    }
    Representatives values = Representatives.of(delta, sampled, MAX_TIMING_LINES);
    for (int i = 0; i < values.nanos().length; i++) {
      line(name, millis(values.nanos()[i]), TIMING, rate(values.weights()[i]), tags);
    }
  }

  /**
   * Returns how many of {@code calls} are in the sample: the share, with the fraction of a call
   * rounded up as often as it is large, so that the server's expectation is exact.
   */
  private long sample(long calls) {
    if (settings.sampleRate() == 1) {
      return calls;
    }
    double share = calls * settings.sampleRate();
    long whole = (long) share;
    return whole + (random.getAsDouble() < share - whole ? 1 : 0);
  }

  private String rate(long weight) {
    if (weight == 1 && settings.sampleRate() == 1) {
      return "";
    }
    return "|@"
        + BigDecimal.valueOf(settings.sampleRate())
            .divide(BigDecimal.valueOf(weight), MathContext.DECIMAL64)
            .stripTrailingZeros()
            .toPlainString();
  }

  /** Returns milliseconds without exponent; nanoseconds are six decimals. */
  private static String millis(long nanos) {
    return BigDecimal.valueOf(nanos)
        .divide(BigDecimal.valueOf(HistogramLayout.NANOS_PER_MILLI))
        .stripTrailingZeros()
        .toPlainString();
  }

  private void line(String name, String value, String type, String rate, Map<String, String> tags) {
    line.setLength(0);
    settings.dialect().append(line, prefix + name, value, type, rate, tags);
    end();
  }

  /** The container is a field of Datadog's protocol from version 1.2 on. */
  private void end() {
    if (settings.container() != null) {
      line.append("|c:").append(settings.container());
    }
    packets.add(line);
  }
}
