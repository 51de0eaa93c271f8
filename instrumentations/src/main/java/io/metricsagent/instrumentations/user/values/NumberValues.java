package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.user.values.Expression.Path;
import java.util.List;

/**
 * Whole numbers of one call that are read together, such as its tokens. Where their paths differ in
 * the last step only, the object that has the numbers is looked up once. Immutable and thread-safe.
 */
public final class NumberValues {
  private final Value[] values;

  /** One of the values, whose path to the last step is that of all; {@code null} if none is. */
  private final PathValue common;

  /**
   * Makes the values.
   *
   * @param moment what the four arguments of {@link #from} and {@link #number} are
   * @param places where the arguments of the method are
   * @param expressions elements may be {@code null}
   */
  public NumberValues(Moment moment, ArgumentPlaces places, Expression... expressions) {
    values = new Value[expressions.length];
    Path first = null;
    PathValue path = null;
    boolean same = true;
    for (int i = 0; i < values.length; i++) {
      Expression each = expressions[i];
      values[i] = Value.of(each, moment, places);
      if (each instanceof Path next && !next.steps().isEmpty()) {
        same &= first == null || isBeside(first, next);
        first = next;
        path = (PathValue) values[i];
      } else if (each != null) {
        same = false;
      }
    }
    common = same ? path : null;
  }

  private static boolean isBeside(Path one, Path other) {
    return one.root() == other.root()
        && one.argument() == other.argument()
        && way(one).equals(way(other));
  }

  private static List<Expression.Step> way(Path path) {
    return path.steps().subList(0, path.steps().size() - 1);
  }

  /** Returns what {@link #number} needs; may be {@code null}. */
  public Object from(Object first, Object second, Object third, Object fourth) {
    return common == null ? null : common.before(first, second, third, fourth);
  }

  /**
   * Returns a number; -1 if there is none, or it is negative.
   *
   * @param index which of the expressions says it
   * @param from what {@link #from} has returned for the same objects
   */
  public long number(
      int index, Object from, Object first, Object second, Object third, Object fourth) {
    Value value = values[index];
    if (value == null) {
      return Numbers.NONE;
    }
    return common == null
        ? value.number(first, second, third, fourth)
        : ((PathValue) value).numberOf(from);
  }
}
