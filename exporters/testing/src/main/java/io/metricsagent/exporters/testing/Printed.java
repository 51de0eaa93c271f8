package io.metricsagent.exporters.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the agent prints on standard error. Tests that use it must not run at the same time. */
public final class Printed {
  private Printed() {}

  /** Returns the lines that the agent prints while an action runs. */
  public static List<String> by(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return lines
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("[metrics-agent] "))
        .toList();
  }
}
