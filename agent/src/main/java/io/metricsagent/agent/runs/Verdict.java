package io.metricsagent.agent.runs;

import java.util.OptionalDouble;

/**
 * What a figure of the report says about the health of an application. A figure on the edge of two
 * classes belongs to the better one.
 */
public enum Verdict {
  HEALTHY("Healthy"),
  WARNING("Warning"),
  ACTION_REQUIRED("Action required"),
  NO_DATA("no data");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** Returns the words for people. */
  public String text() {
    return text;
  }

  /** Judges the number of successful runs; there is nothing to judge where no event was read. */
  public static Verdict ofWasr(WasrReport report) {
    return report.events() == 0 ? NO_DATA : of(report.wasr(), 3, 1);
  }

  /** Judges the success rate of the quick start. */
  public static Verdict ofQuickstart(WasrReport report) {
    return report.attempts() == 0 ? NO_DATA : of(report.successRate(), 0.9, 0.5);
  }

  /** Judges the retention of the newest pair of weeks. */
  public static Verdict ofRetention(WasrReport report) {
    OptionalDouble newest = report.newestRetention();
    return newest.isEmpty() ? NO_DATA : of(newest.getAsDouble(), 0.5, 0.2);
  }

  private static Verdict of(double value, double healthy, double warning) {
    if (value >= healthy) {
      return HEALTHY;
    }
    return value >= warning ? WARNING : ACTION_REQUIRED;
  }
}
