package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.rules.Row;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.user.model.TargetType;
import java.util.List;

/**
 * A method that a rule of the user's own names. A record for each kind of method makes the handler,
 * so that nothing of the kinds that are not used is loaded. Two rows are equal if they measure the
 * same in the same way.
 */
interface UserRow extends Row<UserShared> {
  /** Returns the kind of the target and the method, as in {@code tool:com.acme.Calculator.add}. */
  @Override
  String id();

  /** Returns the type that the rule is for. */
  TargetType type();

  /** Returns what to weave. */
  Rule woven();

  @Override
  default String name() {
    return id();
  }

  @Override
  default String origin() {
    return type().origin().toString();
  }

  @Override
  default List<Rule> rules() {
    return List.of(woven());
  }
}
