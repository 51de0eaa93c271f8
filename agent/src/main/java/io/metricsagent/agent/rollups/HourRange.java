package io.metricsagent.agent.rollups;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The hours that begin at or after one time and before another.
 *
 * @param from {@code null} for no limit
 * @param to {@code null} for no limit
 */
public record HourRange(Instant from, Instant to) {
  /** All hours. */
  public static final HourRange ALL = new HourRange(null, null);

  /** What a time has to look like, for messages. */
  public static final String FORM = "2024-01-15, 2024-01-15T10:00 or 2024-01-15T10:00:00Z";

  /**
   * Parses the limits. A time without an offset is in UTC; a date is its first instant.
   *
   * @param from {@code null} or blank for no limit
   * @param to as {@code from}
   * @throws IllegalArgumentException with a message for users, if one is no time, or if the range
   *     ends before it begins
   */
  public static HourRange parse(String from, String to) {
    return parse(from, to, "");
  }

  /**
   * As {@link #parse(String, String)}.
   *
   * @param prefix what the names {@code from} and {@code to} begin with in messages, such as {@code
   *     --}
   */
  public static HourRange parse(String from, String to, String prefix) {
    HourRange range = new HourRange(time(prefix + "from", from), time(prefix + "to", to));
    if (range.from != null && range.to != null && !range.from.isBefore(range.to)) {
      throw new IllegalArgumentException(
          prefix + "to=" + to + ": give a time after " + prefix + "from=" + from);
    }
    return range;
  }

  private static Instant time(String name, String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String time = text.strip();
    try {
      if (time.indexOf('T') < 0) {
        return LocalDate.parse(time).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean offset = time.endsWith("Z") || time.lastIndexOf('+') > 0 || hasMinusOffset(time);
      return offset
          ? OffsetDateTime.parse(time).toInstant()
          : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + "=" + text + ": give a time such as " + FORM, e);
    }
  }

  private static boolean hasMinusOffset(String time) {
    return time.lastIndexOf('-') > time.indexOf('T');
  }

  /** Returns whether an hour is in this range. */
  public boolean contains(long hour) {
    Instant start = Instant.ofEpochSecond(hour * RollupKey.SECONDS_OF_HOUR);
    return (from == null || !start.isBefore(from)) && (to == null || start.isBefore(to));
  }
}
