package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.AdapterRule;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import io.metricsagent.instrumentations.user.model.Origin;
import io.metricsagent.instrumentations.user.model.RunRule;
import io.metricsagent.instrumentations.user.model.TargetType;
import io.metricsagent.instrumentations.user.model.ToolRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds methods to which several rules give a meaning: one call would count twice. A run may be a
 * call of another kind, too, since it counts nothing itself. Not thread-safe.
 */
final class Contradictions {
  private final Problems problems;
  private final Places places;
  private final Map<String, List<Use>> calls = new HashMap<>();
  private final Map<String, List<Use>> runs = new HashMap<>();

  private record Use(MethodTarget method, Origin place) {}

  Contradictions(Problems problems, Places places) {
    this.problems = problems;
    this.places = places;
  }

  /** Returns whether a rule names no method that an earlier one has, and keeps its methods. */
  boolean allows(Object rule) {
    if (rule instanceof AdapterRule adapter) {
      List<MethodTarget> methods = new ArrayList<>(adapter.methods());
      for (List<MethodTarget> phase : adapter.phases().values()) {
        methods.addAll(phase);
      }
      // A tool within a request may be measured by a rule of its own.
      return areSingle(adapter.type(), methods) && add(calls, adapter.type(), adapter.methods());
    }
    if (rule instanceof ToolRule tool) {
      return add(calls, tool.type(), tool.methods());
    }
    if (rule instanceof RunRule run) {
      return add(runs, run.type(), run.methods());
    }
    MailboxRule mailbox = (MailboxRule) rule;
    List<MethodTarget> methods = new ArrayList<>();
    if (mailbox.receive() != null) {
      methods.addAll(mailbox.receive().methods());
    }
    if (mailbox.send() != null) {
      methods.addAll(mailbox.send().methods());
    }
    for (MailboxRule.Settlement settlement : MailboxRule.Settlement.values()) {
      MailboxRule.Settle settle = mailbox.settlements().get(settlement);
      if (settle != null) {
        methods.addAll(settle.methods());
      }
    }
    return areSingle(mailbox.type(), methods) && add(calls, mailbox.type(), methods);
  }

  /** Returns whether no two methods of one rule are the same. */
  private boolean areSingle(TargetType type, List<MethodTarget> methods) {
    return add(new HashMap<>(), type, methods);
  }

  private boolean add(Map<String, List<Use>> uses, TargetType type, List<MethodTarget> methods) {
    int before = problems.count();
    List<Use> added = new ArrayList<>();
    for (MethodTarget method : methods) {
      String key = type.name() + '.' + method.name();
      Origin place = places.of(method, type.origin());
      Use same = same(method, uses.get(key));
      same = same == null ? same(method, added) : same;
      if (same != null) {
        problems.add(
            place,
            type.name()
                + "."
                + method.name()
                + " has a meaning already, at "
                + same.place()
                + "; leave one of both out");
      }
      added.add(new Use(method, place));
    }
    if (problems.count() > before) {
      return false;
    }
    for (Use use : added) {
      String key = type.name() + '.' + use.method().name();
      List<Use> all = uses.get(key);
      if (all == null) {
        all = new ArrayList<>();
        uses.put(key, all);
      }
      all.add(use);
    }
    return true;
  }

  private static Use same(MethodTarget method, List<Use> uses) {
    if (uses != null) {
      for (Use use : uses) {
        MethodTarget other = use.method();
        if (other.name().equals(method.name())
            && (other.descriptor() == null
                || method.descriptor() == null
                || other.descriptor().equals(method.descriptor()))) {
          return use;
        }
      }
    }
    return null;
  }
}
