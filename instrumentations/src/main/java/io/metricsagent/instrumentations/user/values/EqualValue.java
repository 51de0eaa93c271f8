package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;

/** Whether two values are equal; unknown if one of them is. See {@link Equality}. */
final class EqualValue extends Value {
  private final Value left;
  private final Value right;

  /** A number that a path on the left is compared with; {@code null} if it is none. */
  private final Long whole;

  EqualValue(Value left, Value right) {
    this.left = left;
    this.right = right;
    boolean fast = left instanceof PathValue && right instanceof LiteralValue;
    whole = fast && right.read(null, null, null, null) instanceof Long number ? number : null;
  }

  @Override
  int truth(Object first, Object second, Object third, Object fourth) {
    if (whole != null) {
      return ((PathValue) left).equalsWhole(whole, whole, first, second, third, fourth);
    }
    return Equality.of(
        left.read(first, second, third, fourth), right.read(first, second, third, fourth));
  }

  @Override
  Object read(Object first, Object second, Object third, Object fourth) {
    int truth = truth(first, second, third, fourth);
    return truth == UNKNOWN ? Getters.UNKNOWN : (Object) (truth == TRUE);
  }
}
