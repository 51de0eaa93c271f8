package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.SettingValue;
import io.metricsagent.agent.rulefiles.Problem;
import io.metricsagent.agent.rulefiles.RuleFiles;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.user.TargetKind;
import io.metricsagent.instrumentations.user.UserModule;

/**
 * Turns the four {@code include} settings and the rule files into rules, and logs what is wrong
 * with them. Stateless.
 */
final class UserTargets {
  private UserTargets() {}

  /** Adds the targets that the settings name, if any, and the sites of their rules. */
  static void add(AgentConfig config, TargetNames targets, SiteTable sites) {
    SettingValue runs = config.keepsEvents() ? config.runs().include() : null;
    if (config.adaptersInclude() == null
        && config.toolsInclude() == null
        && config.mailboxesInclude() == null
        && config.rulesFiles().isEmpty()
        && runs == null) {
      return;
    }
    UserModule.Builder builder = new UserModule.Builder();
    read(builder, TargetKind.ADAPTER, config.adaptersInclude());
    read(builder, TargetKind.TOOL, config.toolsInclude());
    read(builder, TargetKind.MAILBOX, config.mailboxesInclude());
    read(builder, TargetKind.RUN, runs);
    if (!config.rulesFiles().isEmpty()) {
      RuleFiles files = RuleFiles.read(config.rulesFiles());
      for (Problem problem : files.problems()) {
        AgentLog.warn(problem.toString());
      }
      builder.add(files.rules());
    }
    UserModule user = builder.build();
    if (user.rules().isEmpty()) {
      return;
    }
    add(user, targets, sites);
  }

  /** Adds the targets of a module that are not among the built-in ones, and its sites. */
  static void add(InstrumentationModule module, TargetNames targets, SiteTable sites) {
    for (Rule rule : module.rules()) {
      targets.add(rule.type().replace('.', '/'), rule.subtypes());
    }
    sites.add(module);
  }

  private static void read(UserModule.Builder builder, TargetKind kind, SettingValue value) {
    if (value == null) {
      return;
    }
    for (String problem : builder.include(kind, value.text())) {
      AgentLog.warn(value.key() + " (" + value.origin() + "): " + problem);
    }
  }
}
