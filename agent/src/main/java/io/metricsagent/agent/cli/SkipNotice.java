package io.metricsagent.agent.cli;

import io.metricsagent.agent.runs.SkippedLines;
import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Tells which lines of a file were skipped. Stateless. */
final class SkipNotice {
  private SkipNotice() {}

  /**
   * Prints one line if any line was skipped.
   *
   * @param what what the lines do not hold, such as {@code event}
   */
  static void print(PrintWriter err, Object source, SkippedLines skipped, String what) {
    if (skipped.count() == 0) {
      return;
    }
    String numbers =
        skipped.first().stream().map(String::valueOf).collect(Collectors.joining(", "));
    long more = skipped.count() - skipped.first().size();
    String lines =
        skipped.count() == 1 ? "1 line that holds" : skipped.count() + " lines that hold";
    String rest = more == 0 ? "" : " and " + more + " more";
    err.println(
        AgentLog.printable(source + ": skipped " + lines + " no " + what + ": " + numbers + rest));
  }
}
