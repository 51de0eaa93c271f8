package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Compares values as a rule means it: numbers by their value, whatever their type; an enum constant
 * and a text by the constant's name; a number and a text by the number's digits. Stateless.
 */
final class Equality {
  private Equality() {}

  /** Returns {@link Value#TRUE}, {@link Value#FALSE} or {@link Value#UNKNOWN}. */
  static int of(Object left, Object right) {
    if (left == Getters.UNKNOWN || right == Getters.UNKNOWN) {
      return Value.UNKNOWN;
    }
    try {
      return areEqual(plain(left), plain(right)) ? Value.TRUE : Value.FALSE;
    } catch (RuntimeException e) { // a method of the application's own
      return Value.UNKNOWN;
    }
  }

  private static boolean areEqual(Object left, Object right) {
    if (left == right) {
      return true;
    }
    if (left == null || right == null) {
      return false;
    }
    if (left instanceof Number a && right instanceof Number b) {
      return areEqual(a, b);
    }
    if (isText(left) || isText(right)) {
      return text(left).equals(text(right));
    }
    return left.equals(right);
  }

  private static boolean areEqual(Number left, Number right) {
    if (isWhole(left) && isWhole(right)) {
      return left.longValue() == right.longValue();
    }
    if (left instanceof Double || left instanceof Float) {
      return left.doubleValue() == right.doubleValue();
    }
    if (right instanceof Double || right instanceof Float) {
      return left.doubleValue() == right.doubleValue();
    }
    return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte;
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof Enum || value instanceof Character;
  }

  private static String text(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : value.toString();
  }

  private static Object plain(Object value) {
    if (value instanceof OptionalInt maybe) {
      return maybe.isPresent() ? maybe.getAsInt() : null;
    }
    if (value instanceof OptionalLong maybe) {
      return maybe.isPresent() ? maybe.getAsLong() : null;
    }
    if (value instanceof OptionalDouble maybe) {
      return maybe.isPresent() ? maybe.getAsDouble() : null;
    }
    return value;
  }
}
