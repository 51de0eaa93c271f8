package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;

/**
 * An {@link Expression} that can be read from the objects of a call. Immutable and thread-safe.
 *
 * <p>The four arguments of each method are the objects of the call, in the order of a {@link
 * Moment}. A value that is not there is {@code null}: a method that was not given, an empty {@code
 * Optional}, an entry that a map does not have. A value that <i>cannot be read</i> is unknown: the
 * class has no such method, or the method threw. Unknown stays unknown in a comparison and under
 * {@code not}, so that a rule that does not fit a class does not make each of its calls a failure.
 *
 * <p>Nothing is allocated where a path ends in an object or a primitive whole number.
 */
public abstract class Value {
  static final int FALSE = 0;
  static final int TRUE = 1;
  static final int UNKNOWN = 2;

  Value() {}

  /**
   * Returns what reads an expression.
   *
   * @param expression may be {@code null}
   * @param moment what the four arguments are
   * @param places where the arguments of the method are
   * @return {@code null} if {@code expression} is {@code null}
   */
  public static Value of(Expression expression, Moment moment, ArgumentPlaces places) {
    if (expression instanceof Expression.Literal literal) {
      return new LiteralValue(literal.value());
    }
    if (expression instanceof Expression.Path path) {
      return new PathValue(path, moment, places);
    }
    if (expression instanceof Expression.Equal equal) {
      return new EqualValue(of(equal.left(), moment, places), of(equal.right(), moment, places));
    }
    return expression instanceof Expression.Not not
        ? new NotValue(of(not.operand(), moment, places))
        : null;
  }

  /** Returns the value, which may be {@code null}, or {@link Getters#UNKNOWN}. */
  abstract Object read(Object first, Object second, Object third, Object fourth);

  /** Returns {@link #TRUE}, {@link #FALSE} or {@link #UNKNOWN}. */
  int truth(Object first, Object second, Object third, Object fourth) {
    return Truth.of(read(first, second, third, fourth));
  }

  /**
   * Returns the number that a path of a primitive whole number ends in, or what {@link
   * Getters#readWhole} returns for others.
   */
  long whole(Object first, Object second, Object third, Object fourth) {
    return Getters.NOT_WHOLE;
  }

  /**
   * Returns a whole number; -1 if there is none, or it is negative. A decimal text of digits is a
   * number too.
   */
  public long number(Object first, Object second, Object third, Object fourth) {
    return Numbers.whole(read(first, second, third, fourth));
  }

  /** Returns the object; {@code null} also if it cannot be read. */
  public final Object object(Object first, Object second, Object third, Object fourth) {
    Object value = read(first, second, third, fourth);
    return value == Getters.UNKNOWN ? null : value;
  }

  /** Returns a text, the name of an enum constant; {@code null} if there is none or it is blank. */
  public String text(Object first, Object second, Object third, Object fourth) {
    return Texts.of(read(first, second, third, fourth));
  }

  /** Returns whether the value is known and true; see {@link Truth}. */
  public final boolean isTrue(Object first, Object second, Object third, Object fourth) {
    return truth(first, second, third, fourth) == TRUE;
  }
}
