package io.metricsagent.agent.cli;

import io.metricsagent.agent.files.SkippedLines;
import java.util.stream.Collectors;

/** Describes the lines of a file that were skipped. Stateless. */
final class SkippedText {
  private SkippedText() {}

  /**
   * Returns a sentence without the name of the file.
   *
   * @param what what the lines do not hold, such as {@code rollup}
   */
  static String of(SkippedLines skipped, String what) {
    long more = skipped.count() - skipped.first().size();
    return "skipped "
        + (skipped.count() == 1 ? "1 line that holds" : skipped.count() + " lines that hold")
        + " no "
        + what
        + ": "
        + skipped.first().stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (more == 0 ? "" : " and " + more + " more");
  }
}
