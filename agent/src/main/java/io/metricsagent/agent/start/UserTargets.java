package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.live.LiveRules;
import io.metricsagent.agent.live.RuleSource.Ruleset;
import io.metricsagent.agent.live.RulesInForce;
import io.metricsagent.agent.live.WatchedFiles;
import io.metricsagent.bootstrap.start.StartFacts;
import io.metricsagent.bootstrap.targets.ChangedTargets;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.user.UnwovenTargets;
import java.io.File;
import java.util.List;
import java.util.function.LongSupplier;

/** Puts the rules that the user has written in force. Stateless. */
final class UserTargets {
  private UserTargets() {}

  /** Named classes in place of lambdas, whose first use is slow. */
  private static final class NanoTime implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  }

  private static final class Millis implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.currentTimeMillis();
    }
  }

  /**
   * Adds the targets that the settings and rule files name, and the sites of their rules. Called
   * when the targets of all other rules have been added.
   *
   * @return what follows changes of the files; {@code null} if the user has written no rules
   */
  static LiveRules add(
      AgentConfig config, StartFacts facts, TargetTransformer door, SiteTable sites) {
    List<File> files = config.rulesFiles();
    if (config.adaptersInclude() == null
        && config.toolsInclude() == null
        && config.mailboxesInclude() == null
        && files.isEmpty()
        && (!config.keepsEvents() || config.runs().include() == null)) {
      return null;
    }
    WatchedFiles watched = new WatchedFiles(files, new Millis()); // before they are read
    WrittenRules written = new WrittenRules(config);
    Ruleset first = written.first();
    List<Rule> rules = first.module().rules();
    if (rules.isEmpty() && files.isEmpty()) {
      return null;
    }
    sites.add(first.module());
    TargetNames others = facts.targets();
    door.replace(RulesInForce.with(others, rules), List.of());
    if (!files.isEmpty()) {
      door.willChange();
    }
    LongSupplier clock = new NanoTime();
    return new LiveRules(
        watched,
        written,
        new RulesInForce(others, sites, new ChangedTargets(facts.jvm(), door), first.rules()),
        new UnwovenTargets(sites, clock),
        clock);
  }

  /** Adds the targets of a module that are not among the built-in ones, and its sites. */
  static void add(InstrumentationModule module, TargetNames targets, SiteTable sites) {
    for (Rule rule : module.rules()) {
      targets.add(rule.type().replace('.', '/'), rule.subtypes());
    }
    sites.add(module);
  }
}
