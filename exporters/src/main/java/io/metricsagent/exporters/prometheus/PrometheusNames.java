package io.metricsagent.exporters.prometheus;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The metrics that Prometheus sees: one line each, in base units. */
enum PrometheusNames {
  RENDER_LATENCY(Kind.SECONDS, "adapter_render_latency", "From the call to its first attempt."),
  CALL_LATENCY(Kind.SECONDS, "adapter_call_latency", "Time on the wire, all attempts."),
  PARSE_LATENCY(Kind.SECONDS, "adapter_parse_latency", "From the last answer to the result."),
  TOOL_LATENCY(Kind.SECONDS, "adapter_tool_latency", "Time in tools within a request."),
  TOTAL_LATENCY(Kind.SECONDS, "adapter_total_latency", "A whole request, failed ones too."),
  TIME_TO_FIRST_TOKEN(
      Kind.SECONDS, "adapter_time_to_first_token", "Until a streamed answer begins."),
  INTER_CHUNK_LATENCY(
      Kind.SECONDS, "adapter_inter_chunk_latency", "From one piece of an answer to the next."),
  TOKENS(Kind.TOKENS, "adapter", "Input and output tokens."),
  INPUT_TOKENS(Kind.TOKENS, "adapter_input", "Input tokens, cached ones included."),
  OUTPUT_TOKENS(Kind.TOKENS, "adapter_output", "Output tokens."),
  CACHED_TOKENS(Kind.TOKENS, "adapter_cached", "Input tokens that came from a cache."),
  REQUESTS(Kind.COUNTER, "adapter_requests", "Requests, failed and cancelled ones included."),
  ERRORS(Kind.COUNTER, "adapter_errors", "Requests that failed."),
  THROTTLES(Kind.COUNTER, "adapter_throttles", "Answers that said: too many requests."),
  CANCELLED(Kind.COUNTER, "adapter_cancelled", "Requests that were given up before their end."),
  FIRST_CALL(Kind.SECONDS_GAUGE, "adapter_first_call", "The first request, which loads classes."),
  TOOL_DURATION(Kind.SECONDS, "tool_latency", "A tool call, failed ones too."),
  TOOL_CALLS(Kind.COUNTER, "tool_calls", "Tool calls, failed ones included."),
  TOOL_FAILURES(Kind.COUNTER, "tool_failures", "Tool calls that failed."),
  MCP_CLIENT_DURATION(
      Kind.SECONDS, "mcp_client_operation_duration", "An MCP request sent, failed ones too."),
  MCP_CLIENT_ERRORS(Kind.COUNTER, "mcp_client_errors", "MCP requests sent that failed."),
  MCP_SERVER_DURATION(
      Kind.SECONDS, "mcp_server_operation_duration", "An MCP request received, failed ones too."),
  MCP_SERVER_ERRORS(Kind.COUNTER, "mcp_server_errors", "MCP requests received that failed."),
  MCP_CLIENT_SESSION(
      Kind.SECONDS, "mcp_client_session_duration", "An MCP session, as its client sees it."),
  MCP_SERVER_SESSION(
      Kind.SECONDS, "mcp_server_session_duration", "An MCP session, as its server sees it."),
  LAG(Kind.SECONDS, "mailbox_lag", "Age of messages when they were received."),
  RECEIVED(Kind.COUNTER, "mailbox_received", "Messages received, once each delivery."),
  ACKED(Kind.COUNTER, "mailbox_acked", "Messages settled as processed."),
  NACKED(Kind.COUNTER, "mailbox_nacked", "Messages given back to the queue."),
  EXPIRED(Kind.COUNTER, "mailbox_expired", "Messages whose time to live ran out."),
  DEAD_LETTERED(Kind.COUNTER, "mailbox_dead_lettered", "Messages moved to a dead-letter queue."),
  RETRIES(Kind.COUNTER, "mailbox_retries", "Sum of delivery count - 1 over all deliveries."),
  DEPTH(Kind.GAUGE, "mailbox_depth", "Messages waiting."),
  OLDEST_AGE(Kind.SECONDS_GAUGE, "mailbox_oldest_age", "Age of the oldest message.");

  /** The type and the unit of a metric. */
  enum Kind {
    /** A histogram in seconds. */
    SECONDS("histogram", "seconds"),
    /** A counter of tokens. */
    TOKENS("counter", "tokens"),
    COUNTER("counter", null),
    GAUGE("gauge", null),
    SECONDS_GAUGE("gauge", "seconds");

    private final String type;
    private final String unit;

    Kind(String type, String unit) {
      this.type = type;
      this.unit = unit;
    }
  }

  /** All of them in the order of their names. */
  static final List<PrometheusNames> SORTED =
      Stream.of(values()).sorted(Comparator.comparing(PrometheusNames::metricName)).toList();

  private static final String PREFIX = "wink_";

  private final Kind kind;
  private final String metricName;
  private final String help;

  PrometheusNames(Kind kind, String name, String help) {
    this.kind = kind;
    // The name of a metric ends with its unit; a counter's total is the format's business.
    metricName = prefixed(name) + (kind.unit == null ? "" : "_" + kind.unit);
    this.help = help;
  }

  private static String prefixed(String name) {
    return PREFIX + name;
  }

  /** Returns the name without the suffixes of a type; like the others, ASCII. */
  String metricName() {
    return metricName;
  }

  String help() {
    return help;
  }

  /** Returns {@code counter}, {@code gauge} or {@code histogram}. */
  String type() {
    return kind.type;
  }

  boolean isCounter() {
    return kind == Kind.COUNTER || kind == Kind.TOKENS;
  }

  boolean isHistogram() {
    return kind == Kind.SECONDS;
  }

  /** Returns the unit, or {@code null} for a plain number. */
  String unit() {
    return kind.unit;
  }
}
