package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.calls.RequestFacts;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.values.ArgumentPlaces;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Moment;
import io.metricsagent.instrumentations.user.values.NumberValues;
import io.metricsagent.instrumentations.user.values.Value;

/** What an adapter's rule says of a call that has ended. Immutable and thread-safe. */
final class AnswerValues {
  private final ArgumentPlaces places;

  /** Names that the answer has; {@code null} if they are known before, or not at all. */
  private final Value name;

  private final Value model;
  private final Value operation;

  /** The input, the output and the cached tokens. */
  private final NumberValues tokens;

  private final Value failed;
  private final Value error;
  private final Value throttled;

  AnswerValues(AdapterRule rule, ArgumentPlaces places) {
    this.places = places;
    name = late(rule.name());
    model = late(rule.model());
    operation = late(rule.operation());
    tokens =
        new NumberValues(
            Moment.END, places, rule.inputTokens(), rule.outputTokens(), rule.cachedTokens());
    failed = atEnd(rule.failed());
    error = atEnd(rule.error());
    throttled = atEnd(rule.throttled());
  }

  /** Returns whether an expression needs the result or the exception of a call. */
  static boolean isLate(Expression expression) {
    if (expression instanceof Expression.Path path) {
      return path.root() == Expression.Root.RETURN || path.root() == Expression.Root.THROWN;
    }
    if (expression instanceof Expression.Equal equal) {
      return isLate(equal.left()) || isLate(equal.right());
    }
    return expression instanceof Expression.Not not && isLate(not.operand());
  }

  private Value late(Expression expression) {
    return isLate(expression) ? atEnd(expression) : null;
  }

  private Value atEnd(Expression expression) {
    return Value.of(expression, Moment.END, places);
  }

  /** States the names and tokens of a call. */
  void read(RequestFacts facts, Object self, Object kept, Object result, Throwable cause) {
    if (name != null) {
      facts.stateProvider(name.text(self, kept, result, cause));
    }
    if (model != null) {
      facts.stateModel(model.text(self, kept, result, cause));
    }
    if (operation != null) {
      facts.operation(operation.text(self, kept, result, cause));
    }
    Object usage = tokens.from(self, kept, result, cause);
    facts
        .tokens()
        .replace(
            tokens.number(0, usage, self, kept, result, cause),
            tokens.number(1, usage, self, kept, result, cause),
            tokens.number(2, usage, self, kept, result, cause));
  }

  boolean isFailure(Object self, Object kept, Object result) {
    return failed != null && failed.isTrue(self, kept, result, null);
  }

  /** Returns whether the rule says which errors are which. */
  boolean knowsErrors() {
    return error != null;
  }

  /** Returns the type of the error, or {@code null}. */
  String error(Object self, Object kept, Object result, Throwable cause) {
    return error == null ? null : error.text(self, kept, result, cause);
  }

  /** Returns whether the rule says which calls were refused because of too many requests. */
  boolean knowsThrottles() {
    return throttled != null;
  }

  boolean isThrottled(Object self, Object kept, Object result, Throwable cause) {
    return throttled.isTrue(self, kept, result, cause);
  }
}
