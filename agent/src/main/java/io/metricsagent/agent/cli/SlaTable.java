package io.metricsagent.agent.cli;

import io.metricsagent.agent.rollups.Dimension;
import io.metricsagent.agent.rollups.Figures;
import io.metricsagent.agent.rollups.Grouping;
import io.metricsagent.agent.rollups.Rollup;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints how well sessions started, for people; each group is one line. Stateless. */
final class SlaTable {
  private static final String NO_DATA = "no data";
  private static final int PERCENT = 100;

  private static final List<String> COUNTS =
      List.of(
          "known_sessions",
          "startup_success_sessions",
          "excused_sessions",
          "unexcused_sessions",
          "swapped_sessions");
  private static final List<String> RATIOS =
      List.of("success_ratio", "no_swap_ratio", "failure_rate", "swap_rate");
  private static final List<String> NUMBERS =
      List.of(
          "sla_score",
          "p50_startup_time_ms",
          "p95_startup_time_ms",
          "p50_e2e_latency_ms",
          "p95_e2e_latency_ms",
          "avg_output_rate",
          "jitter_coeff_rate");

  private SlaTable() {}

  static void print(Grouping grouping, PrintWriter out) {
    TablePrinter table = new TablePrinter();
    for (Dimension dimension : grouping.dimensions()) {
      table.left(dimension.field());
    }
    for (List<String> names : List.of(COUNTS, RATIOS, NUMBERS)) {
      names.forEach(name -> table.right(header(name)));
    }
    grouping.groups().forEach((values, rollup) -> table.row(row(values, rollup)));
    table.print(out);
    if (grouping.groups().isEmpty()) {
      out.println(NO_DATA);
    }
  }

  private static String header(String name) {
    return name.replace("startup_success_sessions", "success")
        .replace("_sessions", "")
        .replace("jitter_coeff_rate", "jitter")
        .replace('_', ' ');
  }

  private static String[] row(List<String> values, Rollup rollup) {
    Map<String, Object> figures = Figures.of(rollup);
    List<String> cells = new ArrayList<>(values);
    for (String name : COUNTS) {
      cells.add(String.valueOf(figures.get(name)));
    }
    for (String name : RATIOS) {
      cells.add(number("%.1f%%", (Double) figures.get(name), PERCENT));
    }
    for (String name : NUMBERS) {
      String format = name.startsWith("jitter") ? "%.3f" : "%.1f";
      cells.add(number(format, (Double) figures.get(name), 1));
    }
    return cells.toArray(new String[0]);
  }

  private static String number(String format, Double value, int factor) {
    return value == null ? NO_DATA : String.format(Locale.ROOT, format, value * factor);
  }
}
