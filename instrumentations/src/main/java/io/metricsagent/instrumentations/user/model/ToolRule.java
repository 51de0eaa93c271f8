package io.metricsagent.instrumentations.user.model;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.List;
import java.util.Map;

/**
 * A tool, or what runs tools. Expressions that were not written are {@code null}. Immutable.
 *
 * @param name the tool's name; without it {@code Class.method}
 * @param failed whether a call that returned normally has failed
 * @param error the error code of a failed call; without it the class of the exception
 * @param context the values of the call's context that the rule knows
 */
public record ToolRule(
    TargetType type,
    List<MethodTarget> methods,
    Expression name,
    Expression failed,
    Expression error,
    Map<ContextField, Expression> context) {
  /** Copies the collections. */
  public ToolRule {
    methods = List.copyOf(methods);
    context = Map.copyOf(context);
  }
}
