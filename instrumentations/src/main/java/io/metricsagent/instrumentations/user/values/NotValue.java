package io.metricsagent.instrumentations.user.values;

import io.metricsagent.instrumentations.access.Getters;

/** Whether a value is false; unknown if the value is. */
final class NotValue extends Value {
  private final Value operand;

  NotValue(Value operand) {
    this.operand = operand;
  }

  @Override
  int truth(Object first, Object second, Object third, Object fourth) {
    int truth = operand.truth(first, second, third, fourth);
    return truth == UNKNOWN ? UNKNOWN : TRUE - truth;
  }

  @Override
  Object read(Object first, Object second, Object third, Object fourth) {
    int truth = truth(first, second, third, fourth);
    return truth == UNKNOWN ? Getters.UNKNOWN : (Object) (truth == TRUE);
  }
}
