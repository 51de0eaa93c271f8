package io.metricsagent.agent.cli;

import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;

/** Tells which lines of a file were skipped. Stateless. */
final class SkipNotice {
  private SkipNotice() {}

  /**
   * Prints one line if any line was skipped.
   *
   * @param what what the lines do not hold, such as {@code event}
   */
  static void print(PrintWriter err, Object source, SkippedLines skipped, String what) {
    if (skipped.count() > 0) {
      err.println(AgentLog.printable(source + ": " + SkippedText.of(skipped, what)));
    }
  }
}
