package io.metricsagent.agent.cli;

import picocli.CommandLine.Command;

/** Collects gauges from elsewhere; each source is a subcommand. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    description = {"Collects gauges of runs from elsewhere and prints or exports them.", ""},
    footer = {
      "",
      "Example: the gauges of an export of W&B runs, as JSON:",
      "  java -jar metrics-agent.jar collect wandb --input runs.json --json"
    })
final class CollectCommand {}
