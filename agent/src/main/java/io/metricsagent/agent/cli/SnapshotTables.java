package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Prints the JSON of a snapshot as tables. What a file does not say prints as not known. */
final class SnapshotTables {
  /** Characters of a name; a table of three names then is little wider than a screen. */
  private static final int MAX_WIDTH = 63;

  private static final String ELLIPSIS = "...";

  /** Error codes of a series, the most frequent ones. */
  private static final int MAX_CODES = 8;

  private final JsonNode snapshot;
  private final PrintWriter out;

  SnapshotTables(JsonNode snapshot, PrintWriter out) {
    this.snapshot = snapshot;
    this.out = out;
  }

  void print(Path file) {
    out.println(AgentLog.printable(file.toString()));
    TablePrinter head = new TablePrinter().left("worker").left("service");
    head.left("recorded since").left("captured at");
    head.row(
        text(snapshot.path("worker_id")),
        text(snapshot.path("service_name")),
        text(snapshot.path("started_at")),
        text(snapshot.path("captured_at")));
    head.print(out);
    section("adapters", adapters());
    section("tools", tools());
    section("mailboxes", mailboxes());
    if (!snapshot.path("mcp").isEmpty()) {
      section("mcp", mcp());
    }
    out.println();
    out.println(AgentLog.printable(agent()));
  }

  private void section(String name, TablePrinter table) {
    out.println();
    if (snapshot.path(name).isEmpty()) {
      out.println("no " + name);
    } else {
      table.print(out);
    }
  }

  private TablePrinter adapters() {
    TablePrinter table = new TablePrinter().left("adapter").left("model").left("operation");
    table.leftIfKnown("experiment").right("requests").right("errors").right("throttles");
    table.rightIfKnown("cancelled");
    table.right("p50 ms").right("p95 ms").right("p99 ms").rightIfKnown("first ms");
    table.right("call p50").right("ttft p50");
    table.right("in tokens").right("out tokens").right("cached");
    for (JsonNode series : snapshot.path("adapters")) {
      JsonNode total = series.path("total_latency");
      table.row(
          text(series.path("adapter")),
          text(series.path("model")),
          text(series.path("operation")),
          text(series.path("experiment")),
          text(series.path("request_count")),
          text(series.path("error_count")),
          text(series.path("throttle_count")),
          positive(series.path("cancelled_count")),
          millis(total.path("p50")),
          millis(total.path("p95")),
          millis(total.path("p99")),
          millis(series.path("first_call_ms")),
          millis(series.path("call_latency").path("p50")),
          millis(series.path("time_to_first_token").path("p50")),
          text(series.path("input_tokens")),
          text(series.path("output_tokens")),
          text(series.path("cached_tokens")));
    }
    return table;
  }

  private TablePrinter tools() {
    TablePrinter table = new TablePrinter().left("tool").leftIfKnown("experiment").right("calls");
    table.right("failures").right("failure rate").right("p50 ms").right("p95 ms").right("p99 ms");
    table.left("error codes");
    for (JsonNode series : snapshot.path("tools")) {
      JsonNode latency = series.path("latency");
      table.row(
          text(series.path("tool_name")),
          text(series.path("experiment")),
          text(series.path("call_count")),
          text(series.path("failure_count")),
          percent(series.path("failure_rate")),
          millis(latency.path("p50")),
          millis(latency.path("p95")),
          millis(latency.path("p99")),
          counts(series.path("error_codes")));
    }
    return table;
  }

  private TablePrinter mailboxes() {
    TablePrinter table = new TablePrinter().left("queue").left("system").right("received");
    table.right("acked").right("nacked").right("expired").right("dead").right("retries");
    table.right("depth").right("lag p50 ms").right("lag p95 ms");
    for (JsonNode series : snapshot.path("mailboxes")) {
      table.row(
          text(series.path("queue_name")),
          text(series.path("system")),
          text(series.path("messages_received")),
          text(series.path("messages_acked")),
          text(series.path("messages_nacked")),
          text(series.path("messages_expired")),
          text(series.path("messages_dead_lettered")),
          text(series.path("total_retries")),
          text(series.path("queue_depth")),
          millis(series.path("queue_lag").path("p50")),
          millis(series.path("queue_lag").path("p95")));
    }
    return table;
  }

  private TablePrinter mcp() {
    TablePrinter table = new TablePrinter().left("mcp side").left("method").leftIfKnown("tool");
    table.leftIfKnown("experiment").right("requests").right("errors");
    table.right("p50 ms").right("p95 ms").right("p99 ms").left("error types");
    for (JsonNode series : snapshot.path("mcp")) {
      JsonNode duration = series.path("duration");
      String method = text(series.path("method"));
      table.row(
          text(series.path("side")),
          method == null ? "(session)" : method,
          text(series.path("tool_name")),
          text(series.path("experiment")),
          text(series.path("request_count")),
          text(series.path("error_count")),
          millis(duration.path("p50")),
          millis(duration.path("p95")),
          millis(duration.path("p99")),
          counts(series.path("error_types")));
    }
    return table;
  }

  private String agent() {
    JsonNode agent = snapshot.path("agent");
    List<String> parts = new ArrayList<>();
    for (JsonNode library : agent.path("instrumentations")) {
      long woven = library.path("woven_methods").asLong(0);
      long skipped = library.path("skipped").asLong(0);
      long errors = library.path("errors").asLong(0);
      if (woven + skipped + errors > 0) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s (%d methods, %d skipped, %d errors)",
                library.path("name").asString("?"),
                woven,
                skipped,
                errors));
      }
    }
    if (parts.isEmpty()) {
      parts.add("no instrumentation at work");
    }
    long dropped = agent.path("series_dropped").asLong(0);
    if (dropped > 0) {
      parts.add(dropped + " series over the limit, folded into _other");
    }
    return "agent " + agent.path("version").asString("?") + ": " + String.join(", ", parts);
  }

  /** Returns text or a number as it stands, in the middle of long texts less, or {@code null}. */
  private static String text(JsonNode node) {
    return node.isString() || node.isNumber() ? shortened(node.asString()) : null;
  }

  /** Leaves the ends, which tell names of classes apart. */
  private static String shortened(String text) {
    int length = text.codePointCount(0, text.length());
    if (length <= MAX_WIDTH) {
      return text;
    }
    int half = (MAX_WIDTH - ELLIPSIS.length()) / 2;
    return text.substring(0, text.offsetByCodePoints(0, half))
        + ELLIPSIS
        + text.substring(text.offsetByCodePoints(text.length(), -half));
  }

  /** Returns a number if it is more than nothing, or {@code null}. */
  private static String positive(JsonNode node) {
    return node.asLong(0) > 0 ? text(node) : null;
  }

  /** Returns milliseconds with three significant digits, or {@code null}. */
  private static String millis(JsonNode node) {
    if (!node.isNumber()) {
      return null;
    }
    double millis = node.asDouble();
    int decimals = millis >= 100 ? 0 : millis >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", millis);
  }

  private static String percent(JsonNode node) {
    return node.isNumber() ? String.format(Locale.ROOT, "%.1f%%", 100 * node.asDouble()) : null;
  }

  /** Returns the most frequent first, such as {@code timeout 3, not_found 1}, or {@code null}. */
  private static String counts(JsonNode codes) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(codes.properties());
    entries.sort((a, b) -> Long.compare(b.getValue().asLong(0), a.getValue().asLong(0)));
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> code : entries) {
      if (parts.size() == MAX_CODES) {
        parts.add(entries.size() - MAX_CODES + " more");
        break;
      }
      parts.add(shortened(code.getKey()) + " " + code.getValue().asLong(0));
    }
    return parts.isEmpty() ? null : String.join(", ", parts);
  }
}
