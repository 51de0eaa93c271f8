package io.metricsagent.instrumentations.user.model;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.List;
import java.util.Map;

/**
 * A client of a model. Expressions that were not written are {@code null}. Immutable.
 *
 * @param methods the methods that make a request
 * @param name {@code gen_ai.provider.name}; without it the simple name of the class
 * @param operation without it the name of the method
 * @param tokens where the numbers of tokens are
 * @param failed whether a call that returned normally has failed
 * @param error the type of the error of a failed call; without it the class of the exception
 * @param throttled whether the call was refused because of too many requests; without it the
 *     exceptions that are known to say so
 * @param context the values of the call's context that the rule knows
 * @param phases the methods that are a part of a request, of the same type
 */
public record AdapterRule(
    TargetType type,
    List<MethodTarget> methods,
    Expression name,
    Expression operation,
    Expression model,
    TokenCounts tokens,
    Expression failed,
    Expression error,
    Expression throttled,
    Map<ContextField, Expression> context,
    Map<Phase, List<MethodTarget>> phases) {
  /** Copies the collections. */
  public AdapterRule {
    methods = List.copyOf(methods);
    context = Map.copyOf(context);
    phases = Map.copyOf(phases);
  }

  /** Makes a rule of the places of the numbers of tokens. */
  public AdapterRule(
      TargetType type,
      List<MethodTarget> methods,
      Expression name,
      Expression operation,
      Expression model,
      Expression inputTokens,
      Expression outputTokens,
      Expression cachedTokens,
      Expression failed,
      Expression error,
      Expression throttled,
      Map<ContextField, Expression> context,
      Map<Phase, List<MethodTarget>> phases) {
    this(
        type,
        methods,
        name,
        operation,
        model,
        new TokenCounts(inputTokens, outputTokens, cachedTokens),
        failed,
        error,
        throttled,
        context,
        phases);
  }

  /**
   * Where the numbers of tokens are.
   *
   * @param input all input tokens, including the cached ones
   */
  public record TokenCounts(Expression input, Expression output, Expression cached) {}
}
