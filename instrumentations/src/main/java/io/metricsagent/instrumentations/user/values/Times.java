package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;

/**
 * Reads a point in time: an {@link Instant}, {@link OffsetDateTime}, {@link ZonedDateTime}, {@link
 * Date} or {@link Calendar}, milliseconds since 1970, or a text as in ISO 8601 with an offset.
 * Stateless.
 */
public final class Times {
  /** There is no time. */
  public static final long NONE = -1;

  /** The value is a time without a zone, so nobody can say when it was. */
  public static final long WITHOUT_ZONE = -2;

  private Times() {}

  /**
   * Returns milliseconds since 1970; {@link #NONE} or {@link #WITHOUT_ZONE}. The four objects are
   * those of {@link Value}.
   */
  public static long millis(Value value, Object first, Object second, Object third, Object fourth) {
    long whole = value.whole(first, second, third, fourth);
    if (whole != Getters.NOT_WHOLE) {
      return Math.max(NONE, whole);
    }
    return millis(value.object(first, second, third, fourth));
  }

  static long millis(Object time) {
    if (time instanceof Instant instant) {
      return millis(instant);
    }
    if (time instanceof OffsetDateTime offset) {
      return millis(offset.toInstant());
    }
    if (time instanceof ZonedDateTime zoned) {
      return millis(zoned.toInstant());
    }
    if (time instanceof Date date) {
      return date.getTime();
    }
    if (time instanceof Calendar calendar) {
      return calendar.getTimeInMillis();
    }
    if (time instanceof LocalDateTime) {
      return WITHOUT_ZONE;
    }
    long number = Numbers.whole(time);
    return number >= 0 || !(time instanceof CharSequence text) ? number : parsed(text);
  }

  private static long millis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) { // Instant.MAX
      return NONE;
    }
  }

  private static long parsed(CharSequence text) {
    try {
      return millis(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return withoutZone(text);
    }
  }

  private static long withoutZone(CharSequence text) {
    try {
      LocalDateTime.parse(text);
      return WITHOUT_ZONE;
    } catch (DateTimeException e) {
      return NONE;
    }
  }
}
