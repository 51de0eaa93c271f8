package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;
import java.net.URI;
import java.net.URL;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.UUID;

/** Reads texts. Stateless. */
final class Texts {
  private Texts() {}

  /**
   * Returns the text of a value: an enum constant is its name. {@code null} if there is none, or it
   * is blank.
   *
   * <p>An object of the application's own is no text: its {@code toString} may print the arguments
   * of a tool, and differ at each call.
   */
  static String of(Object value) {
    if (value == null || value == Getters.UNKNOWN) {
      return null;
    }
    if (value instanceof String text) {
      return text.isBlank() ? null : text;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (!isText(value)) {
      return null;
    }
    try {
      String text = value.toString();
      return text == null || text.isBlank() ? null : text;
    } catch (RuntimeException e) { // a method of the application's own
      return null;
    }
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof UUID
        || value instanceof URI
        || value instanceof URL
        || value instanceof TemporalAccessor
        || value instanceof TemporalAmount;
  }
}
