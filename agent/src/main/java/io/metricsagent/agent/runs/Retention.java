package io.metricsagent.agent.runs;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * How many runs of one week are active in the next week that has runs.
 *
 * @param fromWeek an ISO week of UTC, such as {@code 2025-W41}
 * @param toWeek the next week that has runs, which may be later than the calendar's next
 * @param retained the number of run ids in both weeks
 * @param base the number of run ids in the first week, at least 1
 */
public record Retention(String fromWeek, String toWeek, long retained, long base) {
  /** Returns the part of the first week's runs that is active in the second one, 0 to 1. */
  public double rate() {
    return (double) retained / base;
  }

  /**
   * Names the week of a day.
   *
   * @param day in days since 1970-01-01
   */
  static String label(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return String.format(
        Locale.ROOT,
        "%04d-W%02d",
        date.get(IsoFields.WEEK_BASED_YEAR),
        date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
