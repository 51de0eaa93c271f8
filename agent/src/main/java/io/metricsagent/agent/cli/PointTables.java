package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Prints the points of a snapshot, such as the gauges of runs: for each gauge its newest points. A
 * snapshot holds a point as long as receivers may ask for it. Stateless.
 */
final class PointTables {
  /** How many points of a gauge are printed. */
  static final int MAX_ROWS = 10;

  private static final MathContext DIGITS = new MathContext(6);

  private PointTables() {}

  /**
   * Prints the points, if there are any.
   *
   * @param points the array of the snapshot, with the oldest point first; may be missing
   */
  static void print(JsonNode points, PrintWriter out) {
    Map<String, List<JsonNode>> byName = new TreeMap<>();
    for (JsonNode point : points) {
      byName.computeIfAbsent(name(point), none -> new ArrayList<>()).add(point);
    }
    if (byName.isEmpty()) {
      return;
    }
    TablePrinter table =
        new TablePrinter().left("gauge").right("value").left("tags").left("measured at");
    List<String> more = new ArrayList<>();
    byName.forEach(
        (name, all) -> {
          int from = Math.max(0, all.size() - MAX_ROWS);
          for (JsonNode point : all.subList(from, all.size())) {
            table.row(name, value(point), tags(point), point.path("at").asString(null));
          }
          if (from > 0) {
            more.add(from + " more of " + name);
          }
        });
    out.println();
    table.print(out);
    if (!more.isEmpty()) {
      out.println(AgentLog.printable("and " + String.join(", ", more) + ": --json prints all"));
    }
  }

  private static String name(JsonNode point) {
    return point.path("name").asString("?");
  }

  private static String value(JsonNode point) {
    double value = point.path("value").asDouble(Double.NaN);
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : null;
  }

  private static String tags(JsonNode point) {
    List<String> tags = new ArrayList<>();
    for (Map.Entry<String, JsonNode> tag : point.path("tags").properties()) {
      tags.add(tag.getKey() + "=" + tag.getValue().asString(""));
    }
    return tags.isEmpty() ? null : String.join(" ", tags);
  }
}
