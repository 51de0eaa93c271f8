package io.metricsagent.agent.cli;

import io.metricsagent.agent.sessions.Analysis;
import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints an analysis of sessions in the documented layout. Stateless. */
final class AnalysisTable {
  private static final String TITLE = "Runtime Metrics";
  private static final int METRIC_WIDTH = 27;
  private static final int MIN_VALUE_WIDTH = 16;
  private static final int PADDING = 2;
  private static final int PERCENT = 100;

  private AnalysisTable() {}

  static void print(Analysis analysis, PrintWriter out) {
    List<String> skills = analysis.skills();
    out.println("Runtime Telemetry Analysis");
    out.println();
    out.println("Sessions analyzed: " + grouped(analysis.all().sessions()));
    out.println(
        "Skills invoked: "
            + (skills.isEmpty() ? "none" : AgentLog.printable(String.join(", ", skills))));
    if (analysis.all().sessions() > 0) {
      out.println();
      table(analysis.all(), out);
    }
  }

  private static void table(Analysis.Figures all, PrintWriter out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"success_rate", decimal(all.successRate() * PERCENT) + "%"});
    rows.add(new String[] {"avg_duration_ms", grouped(Math.round(all.averageDurationMs()))});
    rows.add(new String[] {"total_tool_calls", grouped(all.toolCalls())});
    rows.add(new String[] {"avg_tool_calls_per_session", decimal(all.averageToolCalls())});
    int width = MIN_VALUE_WIDTH;
    for (String[] row : rows) {
      width = Math.max(width, row[1].length() + 2 * PADDING);
    }
    String metric = "━".repeat(METRIC_WIDTH);
    String value = "━".repeat(width);
    int margin = (METRIC_WIDTH + width + 3 - TITLE.length() + 1) / 2;
    out.println(" ".repeat(margin) + TITLE + " ".repeat(margin));
    out.println("┏" + metric + "┳" + value + "┓");
    out.println("┃" + left(" Metric", METRIC_WIDTH) + "┃" + left(" Value", width) + "┃");
    out.println("┡" + metric + "╇" + value + "┩");
    for (String[] row : rows) {
      String right = " ".repeat(width - PADDING - row[1].length()) + row[1] + " ".repeat(PADDING);
      out.println("│" + left(" " + row[0], METRIC_WIDTH) + "│" + right + "│");
    }
    out.println("└" + "─".repeat(METRIC_WIDTH) + "┴" + "─".repeat(width) + "┘");
  }

  private static String left(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }
}
