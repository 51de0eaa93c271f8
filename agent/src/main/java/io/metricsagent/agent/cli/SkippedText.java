package io.metricsagent.agent.cli;

import io.metricsagent.agent.runs.SkippedLines;
import java.util.stream.Collectors;

/** Describes the lines of a file that hold no event. Stateless. */
final class SkippedText {
  private SkippedText() {}

  /** Returns a sentence without the name of the file. */
  static String of(SkippedLines skipped) {
    long more = skipped.count() - skipped.first().size();
    return "skipped "
        + (skipped.count() == 1 ? "1 line that holds" : skipped.count() + " lines that hold")
        + " no event: "
        + skipped.first().stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (more == 0 ? "" : " and " + more + " more");
  }
}
