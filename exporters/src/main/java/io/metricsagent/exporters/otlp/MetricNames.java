package io.metricsagent.exporters.otlp;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The one table of OpenTelemetry names: what a metric is called there, its unit and its attributes.
 * What has a name in the conventions has one of our own too, for applications that report by those
 * of the conventions themselves.
 *
 * <p>The conventions for generative AI are still in development; what they rename is renamed here
 * and nowhere else. Names below {@code wink.} have no convention.
 */
enum MetricNames {
  OPERATION_DURATION(
      Kind.DURATION,
      "gen_ai.client.operation.duration",
      "wink.adapter.duration",
      "s",
      "GenAI operation duration"),
  TIME_TO_FIRST_CHUNK(
      Kind.DURATION,
      "gen_ai.client.operation.time_to_first_chunk",
      "wink.adapter.time_to_first_token",
      "s",
      "Time to the first chunk of a streamed answer"),
  TIME_PER_OUTPUT_CHUNK(
      Kind.DURATION,
      "gen_ai.client.operation.time_per_output_chunk",
      "wink.adapter.inter_chunk_latency",
      "s",
      "Time from one chunk of a streamed answer to the next"),
  PHASE_DURATION(
      Kind.DURATION, "wink.adapter.phase.duration", "s", "Time in one phase of an operation"),
  TOKEN_USAGE(
      Kind.UNITS,
      "gen_ai.client.token.usage",
      "wink.adapter.token.usage",
      "{token}",
      "Number of input and output tokens used"),
  CACHED_TOKENS(
      Kind.COUNTER, "wink.adapter.cached_tokens", "{token}", "Input tokens served from a cache"),
  REQUESTS(
      Kind.COUNTER,
      "wink.adapter.requests",
      "{request}",
      "Operations, failed and cancelled ones included"),
  ERRORS(Kind.COUNTER, "wink.adapter.errors", "{error}", "Operations that failed"),
  THROTTLES(
      Kind.COUNTER, "wink.adapter.throttles", "{response}", "Answers that said too many requests"),
  FIRST_CALL(
      Kind.DOUBLE_GAUGE,
      "wink.adapter.first_call",
      "s",
      "What the first operation took, which loads and links classes"),

  TOOL_DURATION(
      Kind.DURATION,
      "gen_ai.execute_tool.duration",
      "wink.tool.duration",
      "s",
      "Tool execution duration"),
  CANCELLED(
      Kind.COUNTER,
      "wink.adapter.cancelled",
      "{request}",
      "Operations that were given up before their end"),
  TOOL_CALLS(Kind.COUNTER, "wink.tool.calls", "{call}", "Tool calls, failed ones included"),
  TOOL_FAILURES(Kind.COUNTER, "wink.tool.failures", "{call}", "Tool calls that failed"),

  MCP_CLIENT_DURATION(
      Kind.DURATION,
      "mcp.client.operation.duration",
      "wink.mcp.client.operation.duration",
      "s",
      "Duration of an MCP request, as its sender sees it"),
  MCP_SERVER_DURATION(
      Kind.DURATION,
      "mcp.server.operation.duration",
      "wink.mcp.server.operation.duration",
      "s",
      "Duration of an MCP request, as its receiver sees it"),
  MCP_CLIENT_SESSION(
      Kind.DURATION,
      "mcp.client.session.duration",
      "wink.mcp.client.session.duration",
      "s",
      "Duration of an MCP session, as its client sees it"),
  MCP_SERVER_SESSION(
      Kind.DURATION,
      "mcp.server.session.duration",
      "wink.mcp.server.session.duration",
      "s",
      "Duration of an MCP session, as its server sees it"),

  MAILBOX_LAG(Kind.DURATION, "wink.mailbox.lag", "s", "Age of messages when they were received"),
  MAILBOX_RECEIVED(
      Kind.COUNTER, "wink.mailbox.received", "{message}", "Messages handed to the application"),
  MAILBOX_ACKED(Kind.COUNTER, "wink.mailbox.acked", "{message}", "Messages settled as processed"),
  MAILBOX_NACKED(
      Kind.COUNTER, "wink.mailbox.nacked", "{message}", "Messages given back to the queue"),
  MAILBOX_EXPIRED(
      Kind.COUNTER, "wink.mailbox.expired", "{message}", "Messages whose time to live ran out"),
  MAILBOX_DEAD_LETTERED(
      Kind.COUNTER,
      "wink.mailbox.dead_lettered",
      "{message}",
      "Messages moved to a dead-letter queue"),
  MAILBOX_RETRIES(
      Kind.COUNTER, "wink.mailbox.retries", "{delivery}", "Deliveries beyond the first"),
  MAILBOX_DEPTH(Kind.LONG_GAUGE, "wink.mailbox.depth", "{message}", "Messages that wait"),
  MAILBOX_OLDEST_AGE(
      Kind.DOUBLE_GAUGE, "wink.mailbox.oldest_age", "s", "Age of the oldest message that waits");

  /** What a metric's points are. */
  enum Kind {
    /** Histogram, recorded in milliseconds and exported in seconds. */
    DURATION,
    /** Histogram of whole units, one of which was recorded as one millisecond. */
    UNITS,
    /** Monotonic sum. */
    COUNTER,
    /** Last value, a whole number. */
    LONG_GAUGE,
    /** Last value. */
    DOUBLE_GAUGE
  }

  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");
  static final AttributeKey<String> TOOL = AttributeKey.stringKey("gen_ai.tool.name");
  static final AttributeKey<String> MCP_METHOD = AttributeKey.stringKey("mcp.method.name");
  static final AttributeKey<String> STATUS_CODE =
      AttributeKey.stringKey("rpc.response.status_code");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> QUEUE = AttributeKey.stringKey("messaging.destination.name");
  static final AttributeKey<String> PHASE = AttributeKey.stringKey("phase");
  static final AttributeKey<String> EXPERIMENT = AttributeKey.stringKey("experiment");
  static final AttributeKey<String> WORKER = AttributeKey.stringKey("worker");

  private final Kind kind;
  private final String otelName;
  private final String ownName;
  private final String unit;
  private final String description;

  MetricNames(Kind kind, String name, String unit, String description) {
    this(kind, name, name, unit, description);
  }

  MetricNames(Kind kind, String otelName, String ownName, String unit, String description) {
    this.kind = kind;
    this.otelName = otelName;
    this.ownName = ownName;
    this.unit = unit;
    this.description = description;
  }

  Kind kind() {
    return kind;
  }

  String otelName() {
    return otelName;
  }

  /** Returns the name below {@code wink.}. */
  String ownName() {
    return ownName;
  }

  String unit() {
    return unit;
  }

  String description() {
    return description;
  }
}
