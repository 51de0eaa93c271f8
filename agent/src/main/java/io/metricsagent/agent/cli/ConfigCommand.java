package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.agent.config.SettingValue;
import io.metricsagent.agent.runs.RunsPath;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.exporters.JsonTree;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows the settings that an agent would use. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the settings that an agent would use, and the source of each.",
      "The exit code is 1 if a part of them would be ignored; standard error says which.",
      "",
      "Reads system properties (java -D... -jar metrics-agent.jar config), environment variables"
          + " and the file of metrics.agent.config.file; secrets are masked.",
      ""
    },
    footer = {
      "",
      "Example: the settings of an agent that exports to StatsD:",
      "  java -jar metrics-agent.jar config exporters=statsd"
    })
final class ConfigCommand implements Callable<Integer> {
  /** In columns; a longer value does not widen its column. */
  private static final int MAX_WIDTH = 60;

  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Agent arguments, as after -javaagent:metrics-agent.jar=")
  private List<String> arguments = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ConfigCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    AgentConfig config = wiring.load(arguments.isEmpty() ? null : String.join(",", arguments));
    PrintWriter err = spec.commandLine().getErr();
    List<String> problems = SettingChecks.problems(config);
    problems.forEach(problem -> err.println(AgentLog.printable(problem)));
    List<SettingValue> settings =
        config.settings().stream().map(one -> shown(one, config)).toList();
    if (json) {
      printJson(settings, problems, out);
    } else {
      TablePrinter table =
          new TablePrinter().left("setting").leftUpTo("value", MAX_WIDTH).left("origin");
      for (SettingValue setting : settings) {
        table.row(setting.key(), setting.text(), setting.origin());
      }
      table.print(out);
    }
    return problems.isEmpty() ? 0 : 1;
  }

  /** Returns a setting; the file of runs may be that of an environment variable. */
  private SettingValue shown(SettingValue setting, AgentConfig config) {
    if (!setting.key().equals(AgentSettings.RUNS_PATH.key()) || config.runs().path() != null) {
      return setting;
    }
    String path =
        RunsPath.defaultPath(
            null,
            config.directory(),
            wiring.environment(),
            wiring.systemProperties().getProperty("user.home", "~"));
    return new SettingValue(setting.key(), path, setting.origin());
  }

  private static void printJson(
      List<SettingValue> all, List<String> problemsFound, PrintWriter out) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ArrayNode settings = root.putArray("settings");
    for (SettingValue setting : all) {
      settings
          .addObject()
          .put("key", setting.key())
          .put("value", setting.text())
          .put("origin", setting.origin());
    }
    ArrayNode problems = root.putArray("problems");
    problemsFound.forEach(problems::add);
    out.println(JsonTree.text(root));
  }
}
