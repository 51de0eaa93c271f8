package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.runs.ReportJson;
import io.metricsagent.agent.runs.RunLog;
import io.metricsagent.agent.runs.RunsPath;
import io.metricsagent.agent.runs.SkippedLines;
import io.metricsagent.agent.runs.WasrReport;
import io.metricsagent.agent.runs.Window;
import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports weekly active successful runs from a file of runs. */
@Command(
    name = "wasr",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the report of weekly active successful runs as JSON; on a terminal also a table.",
      "",
      "Reads a file of runs with one JSON object a line. Lines that hold no event are skipped.",
      ""
    },
    footer = {
      "",
      "Example: the week before 2025-10-10, written to a file:",
      "  java -jar metrics-agent.jar wasr --input runs.jsonl --now 1760054400 --output wasr.json"
    })
final class WasrCommand implements Callable<Integer> {
  private static final String STANDARD = "-";
  private static final double MILLIS = 1000;

  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "The file of runs, or - for standard input (default: METRICS_AGENT_RUNS_PATH, else"
              + " WORLDFLUX_METRICS_PATH, else metrics.jsonl in the agent's folder,"
              + " .metrics-agent). /dev/null stands for no runs. A file that does not exist gives"
              + " an empty report.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = STANDARD,
      description = "Write the JSON to this file; - for standard output (default).")
  private String output;

  @Option(
      names = "--lookback-days",
      paramLabel = "DAYS",
      defaultValue = "7",
      description = "How many days the report looks back, at least 1 (default: 7).")
  private int lookbackDays;

  @Option(
      names = "--now",
      paramLabel = "SECONDS",
      description = "The end of these days, in seconds since 1970 (default: now).")
  private String now;

  WasrCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    if (lookbackDays < 1) {
      throw CliException.usage("--lookback-days=" + lookbackDays + ": give 1 or more days");
    }
    Window window = new Window(lookbackDays, end());
    boolean terminal = wiring.terminal().getAsBoolean();
    String source = input == null ? defaultInput() : input;
    WasrReport report = read(source, window, terminal);
    tellSkipped(source, report.skipped());
    PrintWriter out = spec.commandLine().getOut();
    String json = ReportJson.text(report);
    if (output.equals(STANDARD)) {
      out.print(json + "\n");
    } else {
      write(path("--output", output), json + "\n");
    }
    if (terminal) {
      out.println();
      WasrTable.print(report, out);
    }
    return 0;
  }

  private double end() throws CliException {
    if (now == null) {
      return System.currentTimeMillis() / MILLIS;
    }
    try {
      double seconds = new BigDecimal(now.strip()).doubleValue();
      if (Window.isOnCalendar(seconds)) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // It is refused as a number that is too large is.
    }
    throw CliException.usage(
        "--now=" + now + ": give seconds since 1970-01-01 in UTC, such as 1760054400");
  }

  private String defaultInput() {
    AgentConfig config = wiring.load(null);
    return RunsPath.defaultPath(
        config.runs().path(),
        config.directory(),
        wiring.environment(),
        wiring.systemProperties().getProperty("user.home", "~"));
  }

  private WasrReport read(String source, Window window, boolean terminal) throws CliException {
    if (RunsPath.isNoFile(source)) {
      return WasrReport.empty(window);
    }
    Path path = path("--input", source);
    boolean standardInput = source.equals(STANDARD);
    if (!standardInput && Files.isDirectory(path)) {
      throw CliException.failed(path + ": cannot be read: it is a folder; give a file", null);
    }
    if (!standardInput && Files.notExists(path)) {
      spec.commandLine()
          .getErr()
          .println(AgentLog.printable(path + ": there is no such file, so the report is empty"));
      return WasrReport.empty(window);
    }
    ReadProgress progress = new ReadProgress(spec.commandLine().getOut());
    LongConsumer shown = terminal ? progress : bytes -> {};
    try {
      return standardInput
          ? RunLog.read(System.in, window, shown)
          : RunLog.read(path, window, shown);
    } catch (IOException e) {
      throw CliException.failed(path + ": cannot be read: " + Inputs.reason(path, e), e);
    } finally {
      progress.clear();
    }
  }

  private void tellSkipped(String source, SkippedLines skipped) {
    if (skipped.count() == 0) {
      return;
    }
    List<Long> first = skipped.first();
    String numbers = first.stream().map(String::valueOf).collect(Collectors.joining(", "));
    long more = skipped.count() - first.size();
    spec.commandLine()
        .getErr()
        .println(
            AgentLog.printable(
                source
                    + ": skipped "
                    + (skipped.count() == 1
                        ? "1 line that holds"
                        : skipped.count() + " lines that hold")
                    + " no event: "
                    + numbers
                    + (more == 0 ? "" : " and " + more + " more")));
  }

  private static void write(Path file, String text) throws CliException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw CliException.failed(
          folder + ": the folder cannot be made: " + Inputs.reason(folder, e), e);
    }
    Inputs.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Path path(String option, String text) throws CliException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw CliException.usage(option + "=" + text + ": no path: " + e.getReason());
    }
  }
}
