package io.metricsagent.agent.rulefiles.check;

import io.metricsagent.instrumentations.context.ContextField;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.Phase;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import io.metricsagent.instrumentations.user.model.UserRules;
import io.metricsagent.instrumentations.user.values.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Methods of a rule with what is read at their calls.
 *
 * @param what the key of the methods
 * @param message the message of a mailbox's method, the root {@code message}; {@code null} for the
 *     usual one
 */
record Part(String what, List<MethodTarget> methods, List<Value> values, Expression message) {
  /** What a value must be. */
  enum Kind {
    TEXT,
    NUMBER,
    /** A condition, a time or any object. */
    ANY
  }

  /** A value that is read. */
  record Value(String key, Expression expression, Kind kind) {}

  /**
   * A rule of any kind.
   *
   * @param kind as in {@code adapter}
   * @param ofObject what is read from the object alone, outside of calls
   */
  record Parts(String kind, TargetType type, List<Part> parts, List<Value> ofObject) {}

  /** Returns all rules, each with its parts. */
  static List<Parts> of(UserRules rules) {
    List<Parts> all = new ArrayList<>();
    rules.adapters().forEach(rule -> all.add(adapter(rule)));
    rules.tools().forEach(rule -> all.add(tool(rule)));
    rules.mailboxes().forEach(rule -> all.add(mailbox(rule)));
    rules.runs().forEach(rule -> all.add(run(rule)));
    return all;
  }

  private static Parts adapter(AdapterRule rule) {
    List<Value> values = new ArrayList<>();
    text(values, "name", rule.name());
    text(values, "operation", rule.operation());
    text(values, "model", rule.model());
    number(values, "input", rule.tokens().input());
    number(values, "output", rule.tokens().output());
    number(values, "cached", rule.tokens().cached());
    any(values, "failed", rule.failed());
    text(values, "error", rule.error());
    any(values, "throttled", rule.throttled());
    for (ContextField field : ContextField.values()) {
      text(values, key(field), rule.context().get(field));
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("methods", rule.methods(), values, null));
    for (Phase phase : Phase.values()) {
      if (rule.phases().containsKey(phase)) {
        parts.add(new Part(key(phase), rule.phases().get(phase), List.of(), null));
      }
    }
    return new Parts("adapter", rule.type(), parts, List.of());
  }

  private static Parts tool(ToolRule rule) {
    List<Value> values = new ArrayList<>();
    text(values, "name", rule.name());
    any(values, "failed", rule.failed());
    text(values, "error", rule.error());
    for (ContextField field : ContextField.values()) {
      text(values, key(field), rule.context().get(field));
    }
    return new Parts(
        "tool", rule.type(), List.of(new Part("methods", rule.methods(), values, null)), List.of());
  }

  private static Parts run(RunRule rule) {
    List<Value> values = new ArrayList<>();
    text(values, "scenario", rule.scenario());
    return new Parts(
        "run", rule.type(), List.of(new Part("methods", rule.methods(), values, null)), List.of());
  }

  private static Parts mailbox(MailboxRule rule) {
    List<Part> parts = new ArrayList<>();
    MailboxRule.Receive receive = rule.receive();
    if (receive != null) {
      List<Value> values = named(rule);
      any(values, "message", receive.message());
      any(values, "id", receive.id());
      any(values, "enqueued", receive.enqueued());
      number(values, "deliveries", receive.deliveries());
      parts.add(new Part("receive", receive.methods(), values, receive.message()));
    }
    if (rule.send() != null) {
      List<Value> values = named(rule);
      any(values, "message", rule.send().message());
      parts.add(new Part("send", rule.send().methods(), values, rule.send().message()));
    }
    for (MailboxRule.Settlement settlement : MailboxRule.Settlement.values()) {
      MailboxRule.Settle settle = rule.settlements().get(settlement);
      if (settle != null) {
        List<Value> values = named(rule);
        any(values, "id", settle.id());
        parts.add(new Part(key(settlement), settle.methods(), values, null));
      }
    }
    List<Value> ofObject = new ArrayList<>();
    number(ofObject, "depth", rule.depth());
    return new Parts("mailbox", rule.type(), parts, ofObject);
  }

  private static List<Value> named(MailboxRule rule) {
    List<Value> values = new ArrayList<>();
    text(values, "queue", rule.queue());
    text(values, "system", rule.system());
    return values;
  }

  private static void text(List<Value> values, String key, Expression expression) {
    add(values, key, expression, Kind.TEXT);
  }

  private static void number(List<Value> values, String key, Expression expression) {
    add(values, key, expression, Kind.NUMBER);
  }

  private static void any(List<Value> values, String key, Expression expression) {
    add(values, key, expression, Kind.ANY);
  }

  private static void add(List<Value> values, String key, Expression expression, Kind kind) {
    if (expression != null) {
      values.add(new Value(key, expression, kind));
    }
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
