package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Whether a value is true: false, 0, an empty text, collection, map or array, and nothing are not.
 * Stateless.
 */
final class Truth {
  private Truth() {}

  /** Returns {@link Value#TRUE}, {@link Value#FALSE} or {@link Value#UNKNOWN}. */
  static int of(Object value) {
    if (value == Getters.UNKNOWN) {
      return Value.UNKNOWN;
    }
    try {
      return isTrue(value) ? Value.TRUE : Value.FALSE;
    } catch (RuntimeException e) { // a collection of the application's own may do anything
      return Value.UNKNOWN;
    }
  }

  private static boolean isTrue(Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof CharSequence text) {
      return text.length() > 0;
    }
    if (value instanceof Collection<?> many) {
      return !many.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof OptionalInt maybe) {
      return maybe.orElse(0) != 0;
    }
    if (value instanceof OptionalLong maybe) {
      return maybe.orElse(0) != 0;
    }
    if (value instanceof OptionalDouble maybe) {
      return maybe.orElse(0) != 0;
    }
    return !value.getClass().isArray() || Array.getLength(value) > 0;
  }
}
