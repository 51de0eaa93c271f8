package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.ExporterSettings;
import io.metricsagent.agent.config.ServeSettings;
import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.config.SettingValue;
import io.metricsagent.agent.config.UnknownInstrumentation;
import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.agent.rulefiles.Problem;
import io.metricsagent.agent.rulefiles.RuleFiles;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.instrumentations.user.TargetKind;
import io.metricsagent.instrumentations.user.UserModule;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds in settings what an agent reports only when it uses them: names of instrumentations,
 * classes to include, rule files, patterns, the jars of sinks, and what only the command {@code
 * serve} uses. Stateless.
 */
final class SettingChecks {
  private SettingChecks() {}

  /**
   * Returns all problems, in words for the user: those of the settings, then those of their use.
   */
  static List<String> problems(AgentConfig config) {
    List<String> problems = new ArrayList<>(config.problems());
    instrumentations(config, problems);
    include(TargetKind.ADAPTER, config.adaptersInclude(), problems);
    include(TargetKind.TOOL, config.toolsInclude(), problems);
    include(TargetKind.MAILBOX, config.mailboxesInclude(), problems);
    include(TargetKind.RUN, config.runs().include(), problems);
    if (!config.rulesFiles().isEmpty()) {
      for (Problem problem : RuleFiles.read(config.rulesFiles()).problems()) {
        problems.add(problem.toString());
      }
    }
    String pattern = config.sessions().redactPattern();
    check(SessionSettings.REDACT.key(), problems, () -> Redactor.with(pattern));
    sinks(config.sinksPath(), problems);
    ServeSettings.of(config, problems);
    return problems;
  }

  private static void instrumentations(AgentConfig config, List<String> problems) {
    Set<String> known;
    try {
      known = TargetNames.builtIn().modules().keySet();
    } catch (ClassNotFoundException e) {
      return; // the classes were not made by the build
    }
    for (String name : config.instrumentations().keySet()) {
      if (!known.contains(name)) {
        problems.add(UnknownInstrumentation.describe(name, known));
      }
    }
  }

  private static void include(TargetKind kind, SettingValue value, List<String> problems) {
    if (value != null) {
      for (String problem : new UserModule.Builder().include(kind, value.text())) {
        problems.add(value.key() + " (" + value.origin() + "): " + problem);
      }
    }
  }

  private static void check(String key, List<String> problems, Runnable use) {
    try {
      use.run();
    } catch (IllegalArgumentException e) {
      problems.add(key + ": " + e.getMessage());
    }
  }

  private static void sinks(String path, List<String> problems) {
    for (String part : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      if (!part.isBlank() && !new File(part.trim()).exists()) {
        problems.add(
            ExporterSettings.SINKS_PATH.key()
                + ": "
                + part.trim()
                + " does not exist; write jars or folders of jars");
      }
    }
  }
}
