package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;

/** Reads texts. Stateless. */
final class Texts {
  private Texts() {}

  /**
   * Returns the text of a value: an enum constant is its name. {@code null} if there is none, or it
   * is blank.
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
    try {
      String text = value.toString();
      return text == null || text.isBlank() ? null : text;
    } catch (RuntimeException e) { // a method of the application's own
      return null;
    }
  }
}
