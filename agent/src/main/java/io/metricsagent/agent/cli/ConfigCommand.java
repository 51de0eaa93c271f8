package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.SettingValue;
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
    config.problems().forEach(problem -> err.println(AgentLog.printable(problem)));
    if (json) {
      printJson(config, out);
    } else {
      TablePrinter table = new TablePrinter().left("setting").left("value").left("origin");
      for (SettingValue setting : config.settings()) {
        table.row(setting.key(), setting.text(), setting.origin());
      }
      table.print(out);
    }
    return 0;
  }

  private static void printJson(AgentConfig config, PrintWriter out) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ArrayNode settings = root.putArray("settings");
    for (SettingValue setting : config.settings()) {
      settings
          .addObject()
          .put("key", setting.key())
          .put("value", setting.text())
          .put("origin", setting.origin());
    }
    ArrayNode problems = root.putArray("problems");
    config.problems().forEach(problems::add);
    out.println(JsonTree.text(root));
  }
}
