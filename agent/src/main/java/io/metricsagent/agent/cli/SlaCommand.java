package io.metricsagent.agent.cli;

import io.metricsagent.agent.rollups.Dimension;
import io.metricsagent.agent.rollups.FigureReport;
import io.metricsagent.agent.rollups.Grouping;
import io.metricsagent.agent.rollups.HourRange;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports how well sessions start, from files of rollups. */
@Command(
    name = "sla",
    mixinStandardHelpOptions = true,
    description = {
      "Reports how many sessions started well, how many changed their provider, and how fast.",
      "",
      "Adds up the rollups of any number of workers and hours. Ratios and percentiles are computed",
      "from the sums; where there is no evidence, they are null, or \"no data\" in the table.",
      ""
    },
    footer = {
      "",
      "Example: one week of two workers, for each model:",
      "  java -jar metrics-agent.jar sla worker-1/.metrics-agent worker-2/.metrics-agent --by model"
          + " \\",
      "    --from 2024-01-15 --to 2024-01-22"
    })
final class SlaCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files of rollups, or folders with such files; of the agent's folder, rollups.")
  private List<Path> paths;

  @Option(
      names = "--by",
      paramLabel = "DIMENSION",
      split = ",",
      description =
          "One line for each adapter, model, worker, experiment or hour, or for each combination"
              + " of several (default: one line for everything).")
  private List<String> by = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only hours that begin at or after this time: " + HourRange.FORM + ".")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only hours that begin before this time.")
  private String to;

  @Option(names = "--json", description = "Print JSON, with more figures than the table has.")
  private boolean json;

  SlaCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    Grouping grouping = new Grouping(dimensions());
    HourRange range = range();
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = wiring.terminal().getAsBoolean();
    long skipped =
        new RollupInputs(paths, spec.commandLine().getErr())
            .read(range, grouping::add, terminal ? out : null);
    if (json) {
      out.print(FigureReport.all(range, grouping, skipped) + "\n");
    } else {
      SlaTable.print(grouping, out);
    }
    return 0;
  }

  private Set<Dimension> dimensions() throws CliException {
    Set<Dimension> dimensions = new LinkedHashSet<>();
    for (String name : by) {
      try {
        dimensions.add(Dimension.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw CliException.usage(
            "--by=" + name + ": give one or more of adapter, model, worker, experiment, hour");
      }
    }
    return dimensions;
  }

  private HourRange range() throws CliException {
    try {
      return HourRange.parse(from, to, "--");
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage());
    }
  }
}
