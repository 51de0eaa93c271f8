package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.runs.ReportJson;
import io.metricsagent.agent.runs.RunLog;
import io.metricsagent.agent.runs.RunsPath;
import io.metricsagent.agent.runs.WasrReport;
import io.metricsagent.agent.runs.Window;
import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
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
          "The file of runs, or - for standard input (default: that of METRICS_AGENT_RUNS_PATH,"
              + " else that of WORLDFLUX_METRICS_PATH, else metrics.jsonl in the agent's folder,"
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
    if (!source.equals(STANDARD) && !output.equals(STANDARD)) {
      Inputs.checkOutput(path("--output", output), List.of(path("--input", source)));
    }
    WasrReport report = read(source, window, terminal);
    SkipNotice.print(spec.commandLine().getErr(), source, report.skipped(), "event");
    PrintWriter out = spec.commandLine().getOut();
    String json = ReportJson.text(report);
    if (output.equals(STANDARD)) {
      out.print(json + "\n");
    } else {
      Inputs.writeNew(path("--output", output), (json + "\n").getBytes(StandardCharsets.UTF_8));
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
    // Of a regular file, two threads read the halves; all else is a stream that is read once.
    boolean halves = !standardInput && Files.isRegularFile(path);
    try (InputStream in = Inputs.open(path)) {
      return halves ? RunLog.read(path, window, shown) : RunLog.read(in, window, shown);
    } catch (IOException e) {
      throw CliException.failed(path + ": cannot be read: " + Inputs.reason(path, e), e);
    } finally {
      progress.clear();
    }
  }

  private static Path path(String option, String text) throws CliException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw CliException.usage(option + "=" + text + ": no path: " + e.getReason());
    }
  }
}
