package io.metricsagent.exporters.otlp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/** Reads the header {@code Retry-After} of RFC 9110, which is a number of seconds or a date. */
final class RetryAfter {
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** Returns how long to wait, or -1 if {@code header} is absent or malformed. */
  static long nanos(String header) {
    if (header == null) {
      return -1;
    }
    String text = header.strip();
    if (text.matches("\\d{1," + MAX_DIGITS + "}")) {
      return TimeUnit.SECONDS.toNanos(Long.parseLong(text));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Math.max(0, Duration.between(Instant.now(), date).toNanos());
    } catch (DateTimeParseException | ArithmeticException e) {
      return -1;
    }
  }
}
