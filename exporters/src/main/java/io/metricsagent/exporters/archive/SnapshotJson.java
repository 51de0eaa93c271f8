package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.AgentSnapshot;
import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.bootstrap.snapshot.MailboxSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes a snapshot as JSON, schema version 1: snake case, times in ISO-8601 UTC, latencies in
 * milliseconds, {@code null} for what is not known. Without requests of the Model Context Protocol
 * there is no {@code mcp}.
 *
 * <p>The static methods are thread-safe.
 */
public final class SnapshotJson {
  /** The value of {@code schema_version}; a field that changes its meaning raises it. */
  public static final int SCHEMA_VERSION = 1;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final ByteArrayOutputStream bytes;
  private final HistogramJson histograms = new HistogramJson();

  private SnapshotJson(JsonGenerator json, ByteArrayOutputStream bytes) {
    this.json = json;
    this.bytes = bytes;
  }

  /**
   * Writes a snapshot in UTF-8.
   *
   * @param out is flushed and left open
   * @throws IOException if {@code out} fails
   */
  public static void write(MetricsSnapshot snapshot, OutputStream out) throws IOException {
    // Into memory first: the generator buffers anyway, closing it must not close the caller's
    // stream, and a failing disk then shows as the plain IOException it is.
    out.write(toBytes(snapshot));
    out.flush();
  }

  /** Returns a snapshot as JSON in UTF-8. */
  public static byte[] toBytes(MetricsSnapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (JsonGenerator json = FACTORY.createGenerator(new Layout(), bytes)) {
      new SnapshotJson(json, bytes).snapshot(snapshot);
    } catch (JacksonIOException e) {
      throw new IllegalStateException("memory does not fail to be written to", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void snapshot(MetricsSnapshot snapshot) {
    json.writeStartObject();
    json.writeNumberProperty("schema_version", SCHEMA_VERSION);
    json.writeStringProperty("captured_at", snapshot.capturedAt().toString());
    json.writeStringProperty("started_at", snapshot.startedAt().toString());
    text("worker_id", snapshot.workerId());
    text("service_name", snapshot.serviceName());
    json.writeArrayPropertyStart("adapters");
    snapshot.adapters().forEach(this::adapter);
    json.writeEndArray();
    json.writeArrayPropertyStart("tools");
    snapshot.tools().forEach(this::tool);
    json.writeEndArray();
    json.writeArrayPropertyStart("mailboxes");
    snapshot.mailboxes().forEach(this::mailbox);
    json.writeEndArray();
    if (!snapshot.mcp().isEmpty()) {
      json.writeArrayPropertyStart("mcp");
      snapshot.mcp().forEach(this::mcp);
      json.writeEndArray();
    }
    agent(snapshot.agent());
    json.writeEndObject();
  }

  private void adapter(AdapterSnapshot adapter) {
    json.writeStartObject();
    text("adapter", adapter.adapter());
    text("model", adapter.model());
    text("operation", adapter.operation());
    text("experiment", adapter.experiment());
    histogram("render_latency", adapter.renderLatency());
    histogram("call_latency", adapter.callLatency());
    histogram("parse_latency", adapter.parseLatency());
    histogram("tool_latency", adapter.toolLatency());
    histogram("total_latency", adapter.totalLatency());
    histogram("time_to_first_token", adapter.timeToFirstToken());
    histogram("inter_chunk_latency", adapter.interChunkLatency());
    json.writeNumberProperty("input_tokens", adapter.inputTokenCount());
    json.writeNumberProperty("output_tokens", adapter.outputTokenCount());
    json.writeNumberProperty("cached_tokens", adapter.cachedTokens());
    json.writeNumberProperty("request_count", adapter.requestCount());
    json.writeNumberProperty("error_count", adapter.errorCount());
    json.writeNumberProperty("throttle_count", adapter.throttleCount());
    json.writeNumberProperty("cancelled_count", adapter.cancelledCount());
    number("first_call_ms", millis(adapter.firstNanos()));
    counts("error_types", adapter.errorTypes());
    json.writeEndObject();
  }

  private void tool(ToolSnapshot tool) {
    json.writeStartObject();
    text("tool_name", tool.toolName());
    text("experiment", tool.experiment());
    histogram("latency", tool.latency());
    json.writeNumberProperty("call_count", tool.callCount());
    json.writeNumberProperty("success_count", tool.successCount());
    json.writeNumberProperty("failure_count", tool.failureCount());
    number("failure_rate", tool.failureRate());
    counts("error_codes", tool.errorCodes());
    json.writeEndObject();
  }

  private void mailbox(MailboxSnapshot mailbox) {
    json.writeStartObject();
    text("queue_name", mailbox.queueName());
    text("system", mailbox.system());
    histogram("queue_lag", mailbox.queueLag());
    json.writeArrayPropertyStart("delivery_count_dist");
    mailbox.deliveryCounts().forEach(json::writeNumber);
    json.writeEndArray();
    json.writeNumberProperty("messages_received", mailbox.received());
    json.writeNumberProperty("messages_acked", mailbox.acked());
    json.writeNumberProperty("messages_nacked", mailbox.nacked());
    json.writeNumberProperty("messages_expired", mailbox.expired());
    json.writeNumberProperty("messages_dead_lettered", mailbox.deadLettered());
    json.writeNumberProperty("total_retries", mailbox.retries());
    number("queue_depth", mailbox.depth());
    number("oldest_message_age_ms", mailbox.oldestAgeMillis());
    json.writeEndObject();
  }

  private void mcp(McpSnapshot requests) {
    json.writeStartObject();
    text("side", requests.side());
    text("method", requests.method());
    text("tool_name", requests.tool());
    text("experiment", requests.experiment());
    histogram("duration", requests.duration());
    json.writeNumberProperty("request_count", requests.requestCount());
    json.writeNumberProperty("error_count", requests.errorCount());
    counts("error_types", requests.errorTypes());
    json.writeEndObject();
  }

  private void agent(AgentSnapshot agent) {
    json.writeObjectPropertyStart("agent");
    text("version", agent.version());
    json.writeArrayPropertyStart("instrumentations");
    for (InstrumentationSnapshot instrumentation : agent.instrumentations()) {
      json.writeStartObject();
      text("name", instrumentation.name());
      json.writeNumberProperty("woven_methods", instrumentation.wovenMethods());
      json.writeNumberProperty("skipped", instrumentation.skipped());
      json.writeNumberProperty("errors", instrumentation.errors());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("series_dropped", agent.seriesDropped());
    json.writeEndObject();
  }

  private static Double millis(long nanos) {
    return nanos == 0 ? null : Double.valueOf(nanos / (double) HistogramLayout.NANOS_PER_MILLI);
  }

  /** Past the generator, which would copy it character by character. */
  private void histogram(String name, HistogramSnapshot histogram) {
    json.writeName(name);
    json.writeRawValue("");
    json.flush();
    bytes.writeBytes(histograms.write(histogram));
  }

  private void counts(String name, Map<String, Long> counts) {
    json.writeObjectPropertyStart(name);
    counts.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private void text(String name, String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }

  private void number(String name, Long value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value.longValue());
    }
  }

  private void number(String name, Double value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value.doubleValue());
    }
  }

  /** Two spaces and a line feed on every platform; arrays on one line. */
  private static final class Layout extends ObjectWriteContext.Base {
    private final PrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return printer;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
