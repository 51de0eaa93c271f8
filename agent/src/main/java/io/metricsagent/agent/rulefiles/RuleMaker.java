package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.Expression.Root;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.bytebuddy.jar.asm.Type;

/**
 * Makes a rule of its fields, and checks what is about several of them. The result means something
 * only if no problem was added. Not thread-safe.
 */
final class RuleMaker {
  private final Problems problems;
  private final Places places;

  RuleMaker(Problems problems, Places places) {
    this.problems = problems;
    this.places = places;
  }

  AdapterRule adapter(Fields rule) {
    Fields tokens = rule.group(RuleKeys.TOKENS);
    List<MethodTarget> methods = rule.methods(RuleKeys.METHODS);
    AdapterRule made =
        new AdapterRule(
            type(rule),
            methods,
            rule.expression(RuleKeys.NAME),
            rule.expression(RuleKeys.OPERATION),
            rule.expression(RuleKeys.MODEL),
            tokens == null ? null : tokens.expression(RuleKeys.INPUT),
            tokens == null ? null : tokens.expression(RuleKeys.OUTPUT),
            tokens == null ? null : tokens.expression(RuleKeys.CACHED),
            rule.expression(RuleKeys.FAILED),
            rule.expression(RuleKeys.ERROR),
            rule.expression(RuleKeys.THROTTLED),
            context(rule),
            phases(rule));
    checkArguments(
        methods,
        made.name(),
        made.operation(),
        made.model(),
        made.tokens().input(),
        made.tokens().output(),
        made.tokens().cached(),
        made.failed(),
        made.error(),
        made.throttled());
    checkArguments(methods, made.context().values().toArray(new Expression[0]));
    return made;
  }

  ToolRule tool(Fields rule) {
    List<MethodTarget> methods = rule.methods(RuleKeys.METHODS);
    ToolRule made =
        new ToolRule(
            type(rule),
            methods,
            rule.expression(RuleKeys.NAME),
            rule.expression(RuleKeys.FAILED),
            rule.expression(RuleKeys.ERROR),
            context(rule));
    checkArguments(methods, made.name(), made.failed(), made.error());
    checkArguments(methods, made.context().values().toArray(new Expression[0]));
    return made;
  }

  RunRule run(Fields rule) {
    List<MethodTarget> methods = rule.methods(RuleKeys.METHODS);
    Expression scenario = rule.expression(RuleKeys.SCENARIO);
    checkArguments(methods, scenario);
    return new RunRule(type(rule), methods, scenario);
  }

  MailboxRule mailbox(Fields rule) {
    Fields receive = rule.group(RuleKeys.RECEIVE);
    Fields send = rule.group(RuleKeys.SEND);
    Expression queue = rule.expression(RuleKeys.QUEUE);
    Expression system = rule.expression(RuleKeys.SYSTEM);
    Expression depth = rule.expression(RuleKeys.DEPTH);
    Map<MailboxRule.Settlement, MailboxRule.Settle> settlements =
        new EnumMap<>(MailboxRule.Settlement.class);
    for (MailboxRule.Settlement settlement : MailboxRule.Settlement.values()) {
      Fields group = rule.group(key(settlement));
      if (group != null) {
        List<MethodTarget> methods = group.methods(RuleKeys.METHODS);
        Expression id = group.expression(RuleKeys.ID);
        checkArguments(methods, id, queue, system);
        settlements.put(settlement, new MailboxRule.Settle(methods, id));
      }
    }
    if (receive == null && send == null && settlements.isEmpty() && depth == null) {
      problems.add(
          rule.place(),
          "a mailbox without methods measures nothing; write receive: {methods: [receive]}, send,"
              + " ack, nack, dead_letter, expired or depth");
    }
    checkDepth(depth, queue);
    checkDepth(depth, system);
    return new MailboxRule(
        type(rule),
        queue,
        system,
        receive == null ? null : receive(receive, queue, system),
        send == null ? null : send(send, queue, system),
        settlements,
        depth);
  }

  private MailboxRule.Receive receive(Fields receive, Expression queue, Expression system) {
    MailboxRule.Receive made =
        new MailboxRule.Receive(
            receive.methods(RuleKeys.METHODS),
            receive.expression(RuleKeys.MESSAGE_KEY),
            receive.expression(RuleKeys.ID),
            receive.expression(RuleKeys.ENQUEUED),
            receive.expression(RuleKeys.DELIVERIES));
    checkArguments(
        made.methods(),
        made.message(),
        made.id(),
        made.enqueued(),
        made.deliveries(),
        queue,
        system);
    return made;
  }

  private MailboxRule.Send send(Fields send, Expression queue, Expression system) {
    List<MethodTarget> methods = send.methods(RuleKeys.METHODS);
    Expression message = send.expression(RuleKeys.MESSAGE_KEY);
    checkArguments(methods, message, queue, system);
    return new MailboxRule.Send(methods, message);
  }

  private static TargetType type(Fields rule) {
    return new TargetType(
        rule.place(RuleKeys.TYPE), rule.text(RuleKeys.TYPE), rule.flag(RuleKeys.SUBTYPES, true));
  }

  private Map<ContextField, Expression> context(Fields rule) {
    Map<ContextField, Expression> context = new EnumMap<>(ContextField.class);
    Fields group = rule.group(RuleKeys.CONTEXT);
    for (ContextField field : ContextField.values()) {
      Expression value = group == null ? null : group.expression(key(field));
      if (value != null) {
        context.put(field, value);
      }
    }
    Expression experiment = rule.expression(RuleKeys.EXPERIMENT);
    if (experiment != null && context.put(ContextField.EXPERIMENT, experiment) != null) {
      problems.add(
          rule.place(RuleKeys.EXPERIMENT),
          "the experiment is in context, too; leave one of both out");
    }
    return context;
  }

  private static Map<Phase, List<MethodTarget>> phases(Fields rule) {
    Map<Phase, List<MethodTarget>> phases = new EnumMap<>(Phase.class);
    Fields group = rule.group(RuleKeys.PHASES);
    for (Phase phase : Phase.values()) {
      List<MethodTarget> methods = group == null ? List.of() : group.methods(key(phase));
      if (!methods.isEmpty()) {
        phases.put(phase, methods);
      }
    }
    return phases;
  }

  /** The depth is read when no method is called, so the queue must be known without one. */
  private void checkDepth(Expression depth, Expression name) {
    if (depth == null || !(name instanceof Expression.Path path) || path.root() == Root.THIS) {
      return;
    }
    problems.add(
        places.of(name, null),
        "the depth is read outside of calls, where there are no arguments; begin with this, or"
            + " leave depth out");
  }

  /** Reports arguments that a method, whose parameters the rule names, does not have. */
  private void checkArguments(List<MethodTarget> methods, Expression... expressions) {
    for (MethodTarget method : methods) {
      if (method.descriptor() == null) {
        continue;
      }
      int count = Type.getArgumentCount(method.descriptor() + "V");
      for (Expression expression : expressions) {
        if (expression != null) {
          checkArguments(method, count, expression);
        }
      }
    }
  }

  private void checkArguments(MethodTarget method, int count, Expression expression) {
    for (Expression.Path path : Expressions.paths(expression)) {
      if (path.root() == Root.ARGUMENT && path.argument() >= count) {
        problems.add(
            places.of(expression, null),
            "arg["
                + path.argument()
                + "]: "
                + method.name()
                + " has "
                + (count == 0 ? "no arguments" : count == 1 ? "one argument" : count + " arguments")
                + "; write "
                + (count == 0 ? "this or a text" : "a number below " + count));
      }
    }
  }

  /** Returns the key of a constant of an enum. */
  static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
