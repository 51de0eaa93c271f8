package io.metricsagent.agent.cli;

import io.metricsagent.agent.rulefiles.RuleExample;
import io.metricsagent.agent.rulefiles.RuleSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what people begin a rule file with. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a file of rules with comments, or the JSON Schema of such files.",
      "",
      "Rules say which methods of classes of your own are calls of models, tools and queues.",
      "metrics.agent.rules.file names the file, and the command check tells what it would weave.",
      ""
    },
    footer = {
      "",
      "Example: a file to begin with:",
      "  java -jar metrics-agent.jar rules --example > rules.yaml"
    })
final class RulesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--example", description = "Print a file with an example of each rule.")
  private boolean example;

  @Option(
      names = "--schema",
      description = "Print the JSON Schema, with which editors complete and check such files.")
  private boolean schema;

  @Override
  public Integer call() throws CliException {
    if (example == schema) {
      throw CliException.usage("rules: give --example or --schema, one of both");
    }
    spec.commandLine().getOut().print(example ? RuleExample.text() : RuleSchema.text());
    return 0;
  }
}
