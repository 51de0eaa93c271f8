package io.metricsagent.instrumentations.user.values;

import java.util.List;

/**
 * Where a rule of a user's own finds a value: {@code arg[0].model}, {@code not return.isOk()},
 * {@code thrown.statusCode == 429}, or a literal. Immutable. An expression calls public methods
 * without arguments and has no other effect.
 */
public sealed interface Expression {
  /**
   * A value that the rule states.
   *
   * @param value a {@link String}, {@link Long}, {@link Double} or {@link Boolean}, or {@code null}
   */
  record Literal(Object value) implements Expression {}

  /**
   * A value that is reached from an object of the call.
   *
   * @param argument the number of the argument from 0, if the root is {@link Root#ARGUMENT}; else 0
   * @param steps the way from the root; empty for the root itself
   */
  record Path(Root root, int argument, List<Step> steps) implements Expression {
    /** Copies the steps. */
    public Path {
      steps = List.copyOf(steps);
    }
  }

  /** Whether two values are equal; numbers are compared by value. */
  record Equal(Expression left, Expression right) implements Expression {}

  /** Whether a value is false, 0, empty, absent or {@code null}. */
  record Not(Expression operand) implements Expression {}

  /** The object of a call that a path begins with. */
  enum Root {
    /** The receiver of the method; absent in a static method. */
    THIS,
    /** One of the arguments. */
    ARGUMENT,
    /** The result; what a future, a stream or a callback delivers at last, where there is one. */
    RETURN,
    /** The exception that the method threw, or that its future failed with. */
    THROWN,
    /** A message of a mailbox. */
    MESSAGE
  }

  /** One step of a path. */
  sealed interface Step {
    /**
     * {@code .name}: a public method {@code name()}, {@code getName()} or {@code isName()}, a
     * record's component, a public field, or the entry of a map; the first of these that there is.
     */
    record Property(String name) implements Step {}

    /** {@code .name()}: a public method without arguments. */
    record Call(String method) implements Step {}

    /** {@code ["key"]}: the entry of a map. */
    record Key(String key) implements Step {}

    /** {@code [3]}: an element of a list or an array, from 0. */
    record Index(int index) implements Step {}

    /** {@code [*]}: each element of a collection or an array. Only messages have it. */
    record Each() implements Step {}
  }
}
