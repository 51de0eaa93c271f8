package io.metricsagent.instrumentations.user.values;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads whole numbers that are not negative. Stateless. */
final class Numbers {
  /** There is no such number. */
  static final long NONE = -1;

  /** So many digits fit into a {@code long}. */
  private static final int MAX_DIGITS = 18;

  private Numbers() {}

  /** Returns the number that an object is, or a text of digits says; else {@link #NONE}. */
  static long whole(Object value) {
    if (value instanceof Number number) {
      return Math.max(NONE, number.longValue());
    }
    if (value instanceof OptionalInt maybe) {
      return Math.max(NONE, maybe.orElse(-1));
    }
    if (value instanceof OptionalLong maybe) {
      return Math.max(NONE, maybe.orElse(NONE));
    }
    if (value instanceof OptionalDouble maybe) {
      return Math.max(NONE, (long) maybe.orElse(NONE));
    }
    return value instanceof String text ? digits(text) : NONE;
  }

  private static long digits(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return NONE;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
