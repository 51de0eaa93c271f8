package io.metricsagent.instrumentations.user.model;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.List;

/**
 * A method whose call is a run.
 *
 * @param scenario the run's name; {@code null} for {@code Class.method}
 */
public record RunRule(TargetType type, List<MethodTarget> methods, Expression scenario) {
  /** Copies the methods. */
  public RunRule {
    methods = List.copyOf(methods);
  }
}
