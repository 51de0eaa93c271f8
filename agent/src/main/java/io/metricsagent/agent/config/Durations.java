package io.metricsagent.agent.config;

/** Reads durations such as {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h} and {@code 7d}. */
final class Durations {
  /** The text is not a duration, or the duration does not fit into nanoseconds (292 years). */
  static final long MALFORMED = -1;

  /** The text is a number without a unit. */
  static final long NO_UNIT = -2;

  static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000 * NANOS_PER_MILLI;
  private static final int MAX_DIGITS = 18;

  private Durations() {}

  /** Returns nanoseconds, {@link #MALFORMED} or {@link #NO_UNIT}. */
  static long nanos(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0 || digits > MAX_DIGITS) {
      return MALFORMED;
    }
    long unit;
    switch (text.substring(digits).trim()) {
      case "":
        return NO_UNIT;
      case "ms":
        unit = NANOS_PER_MILLI;
        break;
      case "s":
        unit = NANOS_PER_SECOND;
        break;
      case "m":
        unit = 60 * NANOS_PER_SECOND;
        break;
      case "h":
        unit = 3_600 * NANOS_PER_SECOND;
        break;
      case "d":
        unit = 86_400 * NANOS_PER_SECOND;
        break;
      default:
        return MALFORMED;
    }
    long count = Long.parseLong(text.substring(0, digits));
    return count > Long.MAX_VALUE / unit ? MALFORMED : count * unit;
  }

  /** Like {@link #nanos}, but a number without a unit is milliseconds. */
  static long nanosOrMillis(String text) {
    long nanos = nanos(text);
    return nanos == NO_UNIT ? nanos(text.concat("ms")) : nanos;
  }
}
