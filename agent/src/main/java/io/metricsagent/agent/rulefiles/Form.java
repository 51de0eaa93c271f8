package io.metricsagent.agent.rulefiles;

/** What the value of a key is. */
public enum Form {
  /** The full name of a class or an interface. */
  TYPE,
  /** {@code true} or {@code false}. */
  FLAG,
  /** Methods, by name or with the types of their parameters. */
  METHODS,
  /** A path to a text, or the text itself. */
  TEXT,
  /** A path to a number. */
  NUMBER,
  /** A path or a comparison that is true or false. */
  CONDITION,
  /** A path to a time. */
  TIME,
  /** A path to any object. */
  OBJECT,
  /** Other keys. */
  GROUP;

  /** Returns whether the value is an expression. */
  boolean isExpression() {
    return this != TYPE && this != FLAG && this != METHODS && this != GROUP;
  }
}
