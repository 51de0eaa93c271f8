package io.metricsagent.instrumentations.user.values;

/** A value that the rule states. */
final class LiteralValue extends Value {
  private final Object value;
  private final String text;

  LiteralValue(Object value) {
    this.value = value;
    text = Texts.of(value);
  }

  @Override
  public String text(Object first, Object second, Object third, Object fourth) {
    return text;
  }

  @Override
  Object read(Object first, Object second, Object third, Object fourth) {
    return value;
  }
}
