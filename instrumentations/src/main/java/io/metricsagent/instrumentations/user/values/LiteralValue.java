package io.metricsagent.instrumentations.user.values;

/** A value that the rule states. */
final class LiteralValue extends Value {
  private final Object value;

  LiteralValue(Object value) {
    this.value = value;
  }

  @Override
  Object read(Object first, Object second, Object third, Object fourth) {
    return value;
  }
}
