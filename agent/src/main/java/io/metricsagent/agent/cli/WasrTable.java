package io.metricsagent.agent.cli;

import io.metricsagent.agent.runs.Verdict;
import io.metricsagent.agent.runs.WasrReport;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a report of runs for people, with a verdict on each figure. Stateless. */
final class WasrTable {
  private static final int PERCENT = 100;

  private WasrTable() {}

  static void print(WasrReport report, PrintWriter out) {
    TablePrinter table = new TablePrinter().left("metric").right("value").left("verdict");
    row(table, "wasr", Long.toString(report.wasr()), Verdict.ofWasr(report));
    row(
        table,
        "quickstart.success_rate",
        percent(report.successRate()),
        Verdict.ofQuickstart(report));
    row(
        table,
        "retention",
        percent(report.newestRetention().orElse(0)),
        Verdict.ofRetention(report));
    table.print(out);
  }

  private static void row(TablePrinter table, String metric, String value, Verdict verdict) {
    table.row(metric, verdict == Verdict.NO_DATA ? null : value, verdict.text());
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f%%", part * PERCENT);
  }
}
