package io.metricsagent.agent.live;

import io.metricsagent.agent.live.RuleSource.Ruleset;
import io.metricsagent.bootstrap.targets.ChangedTargets;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The user's rules that are woven now, and their replacement by others. Used by one thread.
 *
 * <p>The sites of new rules are there before the front door knows their targets, and the front door
 * knows them before loaded classes are woven again. So a class that is loaded meanwhile is woven by
 * the old rules or by the new ones, and in the first case once more, by {@link #weaveLate}.
 */
public final class RulesInForce {
  private final TargetNames others;
  private final SiteTable sites;
  private final ChangedTargets door;
  private UserRules rules;

  /** Rules that the table has changed and the front door does not know yet. */
  private final List<Rule> pending = new ArrayList<>();

  private TargetNames late;

  /**
   * Begins with the rules that were put into the table when the agent started.
   *
   * @param others the targets of all rules that do not change; only copied here
   */
  public RulesInForce(TargetNames others, SiteTable sites, ChangedTargets door, UserRules rules) {
    this.others = others;
    this.sites = sites;
    this.door = door;
    this.rules = rules;
  }

  /** Returns names with the targets of further rules. */
  public static TargetNames with(TargetNames names, List<Rule> rules) {
    TargetNames all = names.copy();
    add(rules, all);
    return all;
  }

  private static void add(List<Rule> rules, TargetNames names) {
    for (Rule rule : rules) {
      names.add(rule.type().replace('.', '/'), rule.subtypes());
    }
  }

  /**
   * Puts rules in force in place of those that were. After a fault, a call with the same rules does
   * what is left.
   *
   * @return what has changed, in words; {@code null} if nothing has
   */
  String replace(Ruleset next) {
    SiteTable.Change change = sites.replace(next.module());
    pending.addAll(change.added());
    pending.addAll(change.removed());
    RuleDifference difference = RuleDifference.of(rules, next.rules());
    int classes = 0;
    if (!pending.isEmpty()) {
      TargetNames changed = new TargetNames();
      add(pending, changed);
      classes = door.replace(with(others, next.module().rules()), changed);
      late = changed;
      pending.clear();
    }
    rules = next.rules();
    return difference.isNone()
        ? null
        : difference
            + "; "
            + classes
            + (classes == 1 ? " class was woven again" : " classes were woven again")
            + (difference.gone() > 0 && next.mistakes() > 0
                ? "; the figures of rules with a mistake stop until they are mended"
                : "");
  }

  /**
   * Weaves what was being loaded while the rules were replaced, if they were since the last call.
   */
  void weaveLate() {
    if (late != null) {
      door.weaveLate(late);
      late = null;
    }
  }
}
