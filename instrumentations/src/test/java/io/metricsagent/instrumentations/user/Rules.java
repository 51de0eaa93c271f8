package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.MailboxRule.Receive;
import io.metricsagent.instrumentations.user.model.MailboxRule.Send;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settle;
import io.metricsagent.instrumentations.user.model.MailboxRule.Settlement;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import io.metricsagent.instrumentations.user.values.Expression;
import io.metricsagent.instrumentations.user.values.ExpressionException;
import io.metricsagent.instrumentations.user.values.ExpressionParser;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes rules of what a rule file would say, without the file: {@code Rules.of(Adapter.class,
 * "evaluate").with("model", "arg[0].model").adapter()}.
 */
final class Rules {
  private final TargetType type;
  private final List<MethodTarget> methods;
  private final Map<String, Expression> values = new LinkedHashMap<>();
  private final Map<Phase, List<MethodTarget>> phases = new EnumMap<>(Phase.class);
  private final Map<Settlement, Settle> settlements = new EnumMap<>(Settlement.class);
  private Receive receive;
  private Send send;

  private Rules(String type, String... methods) {
    this.type = new TargetType(new Origin("rules.yaml", 3, 5), type, true);
    this.methods = targets(methods);
  }

  static Rules of(Class<?> type, String... methods) {
    return new Rules(type.getName(), methods);
  }

  static AdapterRule adapter(String type, String method) {
    return new Rules(type, method).adapter();
  }

  static ToolRule tool(String type, String method) {
    return new Rules(type, method).tool();
  }

  /** Says where a value is. */
  Rules with(String name, String expression) {
    values.put(name, expression(expression));
    return this;
  }

  static Expression expression(String text) {
    if (text == null) {
      return null;
    }
    try {
      return ExpressionParser.parse(text);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  Rules phase(Phase phase, String... names) {
    phases.put(phase, targets(names));
    return this;
  }

  Rules receive(String method, String message, String id, String enqueued, String deliveries) {
    receive =
        new Receive(
            targets(method),
            expression(message),
            expression(id),
            expression(enqueued),
            expression(deliveries));
    return this;
  }

  Rules send(String method) {
    send = new Send(targets(method), null);
    return this;
  }

  Rules settle(Settlement how, String method, String id) {
    settlements.put(how, new Settle(targets(method), expression(id)));
    return this;
  }

  private static List<MethodTarget> targets(String... names) {
    return List.of(names).stream().map(MethodTarget::named).toList();
  }

  AdapterRule adapter() {
    return new AdapterRule(
        type,
        methods,
        values.get("name"),
        values.get("operation"),
        values.get("model"),
        values.get("input"),
        values.get("output"),
        values.get("cached"),
        values.get("failed"),
        values.get("error"),
        values.get("throttled"),
        context(),
        phases);
  }

  ToolRule tool() {
    return new ToolRule(
        type, methods, values.get("name"), values.get("failed"), values.get("error"), context());
  }

  MailboxRule mailbox() {
    return new MailboxRule(
        type,
        values.get("queue"),
        values.get("system"),
        receive,
        send,
        settlements,
        values.get("depth"));
  }

  private Map<ContextField, Expression> context() {
    return values.containsKey("experiment")
        ? Map.of(ContextField.EXPERIMENT, values.get("experiment"))
        : Map.of();
  }

  static UserModule module(AdapterRule rule) {
    return module(new UserRules(List.of(rule), List.of(), List.of(), List.of()));
  }

  static UserModule module(ToolRule rule) {
    return module(new UserRules(List.of(), List.of(rule), List.of(), List.of()));
  }

  static UserModule module(MailboxRule... rules) {
    return module(new UserRules(List.of(), List.of(), List.of(rules), List.of()));
  }

  private static UserModule module(UserRules rules) {
    return UserModule.of(rules);
  }
}
