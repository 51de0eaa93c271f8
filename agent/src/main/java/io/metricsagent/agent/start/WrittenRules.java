package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.SettingValue;
import io.metricsagent.agent.live.RuleSource;
import io.metricsagent.agent.rulefiles.Problem;
import io.metricsagent.agent.rulefiles.RuleFiles;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.user.TargetKind;
import io.metricsagent.instrumentations.user.UserModule;
import io.metricsagent.instrumentations.user.model.UserRules;
import java.util.List;

/**
 * The rules that the user has written: those of the four {@code include} settings, and those that
 * the rule files have now. Logs what is wrong with the settings once, and with the files each time
 * that they are read. Used by one thread at a time.
 */
final class WrittenRules implements RuleSource {
  private final AgentConfig config;
  private boolean told;
  private UserModule last;

  WrittenRules(AgentConfig config) {
    this.config = config;
  }

  /** Returns the rules at the start: of a file that cannot be read, none. */
  Ruleset first() {
    Ruleset first = ruleset(files());
    told = true;
    return first;
  }

  @Override
  public Ruleset read() {
    RuleFiles files = files();
    return files.areWhole() ? ruleset(files) : null;
  }

  private RuleFiles files() {
    RuleFiles files = RuleFiles.read(config.rulesFiles());
    for (Problem problem : files.problems()) {
      AgentLog.warn(problem.toString());
    }
    return files;
  }

  private Ruleset ruleset(RuleFiles files) {
    UserModule.Builder builder = new UserModule.Builder(last);
    UserRules rules = files.rules();
    builder.add(rules); // first, as they say more of a method than a setting does
    include(builder, TargetKind.ADAPTER, config.adaptersInclude());
    include(builder, TargetKind.TOOL, config.toolsInclude());
    include(builder, TargetKind.MAILBOX, config.mailboxesInclude());
    include(builder, TargetKind.RUN, config.keepsEvents() ? config.runs().include() : null);
    last = builder.build();
    return new Ruleset(rules, last, files.problems().size());
  }

  private void include(UserModule.Builder builder, TargetKind kind, SettingValue value) {
    if (value == null) {
      return;
    }
    List<String> problems = builder.include(kind, value.text());
    if (!told) {
      for (String problem : problems) {
        AgentLog.warn(value.key() + " (" + value.origin() + "): " + problem);
      }
    }
  }
}
