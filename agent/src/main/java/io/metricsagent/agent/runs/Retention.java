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
  private static final int WEEK_DAYS = 7;

  /** From the Monday of the week of 1970-01-01 to that day, which was a Thursday. */
  private static final int MONDAY_TO_EPOCH_DAYS = 3;

  /**
   * Makes a pair.
   *
   * @param from the number of the first week; that of 1970-01-01 is 0
   * @param to the number of the second week
   */
  static Retention of(long from, long to, long retained, long base) {
    return new Retention(
        label(from * WEEK_DAYS - MONDAY_TO_EPOCH_DAYS),
        label(to * WEEK_DAYS - MONDAY_TO_EPOCH_DAYS),
        retained,
        base);
  }

  /** Returns the number of the week of a day, which is in days since 1970-01-01. */
  static long week(long day) {
    return Math.floorDiv(day + MONDAY_TO_EPOCH_DAYS, (long) WEEK_DAYS);
  }

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
