package io.metricsagent.agent.sessions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.ValueRange;
import java.util.Locale;

/**
 * The times in files of sessions: ISO 8601 in UTC. They are written without an offset, as the
 * documented program does, and read with and without one. Stateless.
 */
public final class SessionTime {
  private static final int NANOS_PER_MICRO = 1_000;

  /** Other years are not written with four digits, and then could not be read back. */
  private static final ValueRange YEARS = ValueRange.of(1, 9999);

  private static final DateTimeFormatter WHOLE_SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  /** Accepts {@code T} or a blank, no seconds, 1 to 9 decimals, and offsets in all usual forms. */
  private static final DateTimeFormatter ANY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 4, SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd[ ]['T']['t']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private SessionTime() {}

  /** Returns the text of a time, with microseconds where they are not 0. */
  public static String text(Instant time) {
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    return (utc.getNano() < NANOS_PER_MICRO ? WHOLE_SECONDS : MICROS).format(utc);
  }

  /**
   * Reads a time; one without an offset is in UTC.
   *
   * @throws DateTimeException if the text is no time in UTC of the years 1 to 9999
   */
  public static Instant parse(String text) {
    TemporalAccessor parsed = ANY.parse(text.strip());
    LocalDateTime local = LocalDateTime.from(parsed);
    LocalDateTime utc =
        parsed.isSupported(ChronoField.OFFSET_SECONDS)
            ? local.minusSeconds(ZoneOffset.from(parsed).getTotalSeconds())
            : local;
    YEARS.checkValidValue(utc.getYear(), ChronoField.YEAR);
    return utc.toInstant(ZoneOffset.UTC);
  }
}
