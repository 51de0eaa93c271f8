package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.measures.Catalogue;
import io.metricsagent.bootstrap.measures.Column;
import io.metricsagent.bootstrap.measures.Kind;
import io.metricsagent.bootstrap.measures.Label;
import io.metricsagent.bootstrap.measures.Measure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Prints the JSON of a snapshot as tables. A value that is missing in the JSON is printed as
 * unknown.
 */
final class SnapshotTables {
  /** The longest name that is printed in full, in characters. */
  private static final int MAX_WIDTH = 63;

  private static final String ELLIPSIS = "...";

  /** How many error codes of a series are printed. */
  private static final int MAX_CODES = 8;

  private final JsonNode snapshot;
  private final PrintWriter out;
  private final List<Kind> kinds;

  SnapshotTables(JsonNode snapshot, PrintWriter out) {
    this(snapshot, out, Catalogue.KINDS);
  }

  SnapshotTables(JsonNode snapshot, PrintWriter out, List<Kind> kinds) {
    this.snapshot = snapshot;
    this.out = out;
    this.kinds = kinds;
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
    Set<String> printed = new HashSet<>();
    for (Kind kind : kinds) {
      boolean absent = kind.isRare() && snapshot.path(kind.section()).isEmpty();
      if (printed.add(kind.section()) && !absent) {
        section(kind.section(), table(kind));
      }
    }
    PointTables.print(snapshot.path("points"), out);
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

  /** A column of a measure. */
  private record MeasureColumn(Measure measure, Column column) {
    int place() {
      return column.place();
    }
  }

  /**
   * Returns the table of a section; kinds that share a section have the same labels and columns.
   */
  private TablePrinter table(Kind kind) {
    List<MeasureColumn> columns = new ArrayList<>();
    for (Measure measure : kind.measures()) {
      measure.columns().forEach(column -> columns.add(new MeasureColumn(measure, column)));
    }
    columns.sort(Comparator.comparingInt(MeasureColumn::place));
    TablePrinter table = new TablePrinter();
    for (Label label : kind.labels()) {
      if (label.optional()) {
        table.leftIfKnown(label.header());
      } else {
        table.left(label.header());
      }
    }
    for (MeasureColumn column : columns) {
      header(column, table);
    }
    for (JsonNode series : snapshot.path(kind.section())) {
      List<String> cells = new ArrayList<>();
      for (Label label : kind.labels()) {
        String value = text(series.path(label.json()));
        cells.add(value == null ? label.unknown() : value);
      }
      columns.forEach(column -> cells.add(cell(column, series)));
      table.row(cells.toArray(new String[0]));
    }
    return table;
  }

  private static void header(MeasureColumn column, TablePrinter table) {
    String header = column.column().header();
    switch (column.measure().type()) {
      case ERROR_TYPES, ERROR_CODES -> table.left(header);
      default -> {
        if (column.column().optional()) {
          table.rightIfKnown(header);
        } else {
          table.right(header);
        }
      }
    }
  }

  private static String cell(MeasureColumn column, JsonNode series) {
    JsonNode value = series.path(column.measure().json());
    if (column.column().statistic() != null) {
      return millis(value.path(column.column().statistic()));
    }
    if (column.column().optional() && !(value.asDouble(0) > 0)) {
      return null;
    }
    return switch (column.measure().type()) {
      case FIRST_TIME, GAUGE_MILLIS -> millis(value);
      case ERROR_RATE -> percent(value);
      case ERROR_TYPES, ERROR_CODES -> counts(value);
      default -> text(value);
    };
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

  /**
   * Returns a text, shortened in the middle if it is long, or a number, or {@code null} for
   * anything else.
   */
  private static String text(JsonNode node) {
    return node.isString() || node.isNumber() ? shortened(node.asString()) : null;
  }

  /** Cuts a long text in the middle, because class names differ at their ends. */
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

  /**
   * Returns the counts, the highest first, as in {@code timeout 3, not_found 1}, or {@code null}.
   */
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
