package io.metricsagent.agent.runs;

/**
 * The time that a report looks back over.
 *
 * @param lookbackDays at least 1
 * @param end in seconds since 1970; later events count nevertheless
 */
public record Window(int lookbackDays, double end) {
  private static final double DAY_SECONDS = 86_400;

  /** The first second of the year 1, since 1970. */
  private static final double EARLIEST = -62_135_596_800.0;

  /** The first second of the year 10000, since 1970. */
  private static final double TOO_LATE = 253_402_300_800.0;

  public Window {
    if (lookbackDays < 1) {
      throw new IllegalArgumentException(lookbackDays + " days; expected at least 1");
    }
  }

  /** Returns the time of the first event that counts, in seconds since 1970. */
  public double start() {
    return end - lookbackDays * DAY_SECONDS;
  }

  /** Returns whether a time in seconds since 1970 is within the years 1 to 9999, as NaN is not. */
  public static boolean isOnCalendar(double seconds) {
    return seconds >= EARLIEST && seconds < TOO_LATE;
  }
}
