package io.metricsagent.instrumentations.user.values;

/** A text that is no expression. The message says what is wrong and what to write instead. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int column;

  ExpressionException(int column, String message) {
    super(message);
    this.column = column;
  }

  /** Returns the place in the text, in characters from 1. */
  public int column() {
    return column;
  }
}
