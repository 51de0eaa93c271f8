package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays recorded calls, so that a backend can be tried without an application. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Plays calls from a file and exports them once, to try a backend without an application.",
      "",
      "One JSON object a line, times in milliseconds:",
      "  {\"op\":\"adapter\",\"adapter\":\"openai\",\"call_ms\":812,"
          + "\"usage\":{\"input_tokens\":100,\"output_tokens\":20}}",
      "  {\"op\":\"tool\",\"tool\":\"search\",\"latency_ms\":40,\"success\":true}",
      "  {\"op\":\"received\",\"queue\":\"jobs\",\"delivery_count\":1,\"age_ms\":250}",
      "and ack, nack, expired, dead_letter (queue), depth (queue, depth).",
      ""
    },
    footer = {
      "",
      "Example: look at recorded calls as JSON, without an exporter:",
      "  java -jar metrics-agent.jar replay calls.jsonl --exporters none --snapshot -"
    })
final class ReplayCommand implements Callable<Integer> {
  /** The time that an exporter may take in addition to the time limit of an OTLP export. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final String STANDARD_OUTPUT = "-";

  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CALLS.jsonl", description = "The calls; - for standard input.")
  private Path file;

  @Option(
      names = "--snapshot",
      paramLabel = "OUT.json",
      description = "Also write the snapshot to a file; - for standard output.")
  private String snapshotPath;

  @Option(
      names = "--exporters",
      paramLabel = "NAMES",
      description = "The exporters to use instead of the configured ones, or none.")
  private String exporters;

  ReplayCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    PrintWriter err = spec.commandLine().getErr();
    Inputs.check(file, "give a file with one JSON object a line");
    if (snapshotPath != null) {
      Inputs.checkOutput(Path.of(snapshotPath), List.of(file));
    }
    AgentConfig config = wiring.load(exporters == null ? null : "exporters=" + exporters);
    refuseUnknownExporters(config);
    config.problems().forEach(problem -> err.println(AgentLog.printable(problem)));

    ReplayRecorder recorder =
        new ReplayRecorder(
            config,
            wiring.version(),
            Clock.systemUTC(),
            () ->
                err.println(
                    AgentSettings.CARDINALITY_LIMIT.key()
                        + " reached: further series share the series _other"));
    CallPlayer player = new CallPlayer(recorder);
    ReadProgress progress = new ReadProgress(spec.commandLine().getOut());
    boolean terminal = wiring.terminal().getAsBoolean();
    CallFile calls = new CallFile(file, player, err, terminal ? progress : bytes -> {});
    try {
      calls.play();
    } catch (IOException e) {
      throw CliException.failed(file + ": cannot be read: " + Inputs.reason(file, e), e);
    } finally {
      progress.clear();
    }

    MetricsSnapshot snapshot = recorder.snapshot();
    SinkRun run = new SinkRun(config.otlp().timeout().plus(MARGIN), err);
    run.export(sinks(config), asked(config), snapshot);
    writeSnapshot(snapshot);
    summary().println(describe(player, run));
    if (calls.bad() > 0) {
      err.println(calls.bad() + " of " + calls.calls() + " calls could not be played");
    }
    return calls.bad() > 0 || !run.failed().isEmpty() ? 1 : 0;
  }

  /**
   * A misspelt exporter in the option is refused, because the calls would go to the configured
   * exporters instead.
   */
  private void refuseUnknownExporters(AgentConfig config) throws CliException {
    if (exporters == null) {
      return;
    }
    List<String> problems = new ArrayList<>(config.problems());
    problems.removeAll(wiring.load(null).problems());
    for (String problem : problems) {
      if (problem.startsWith(AgentSettings.EXPORTERS.key() + "=")) {
        String reason = problem.substring(problem.indexOf("): ") + 3);
        int instead = reason.indexOf(". Using"); // the rest says what an agent would do
        throw CliException.usage(
            "--exporters="
                + exporters
                + ": "
                + (instead < 0 ? reason : reason.substring(0, instead)));
      }
    }
  }

  /**
   * Returns the exporters that must work. Prometheus, which waits for scrapes, is only one of them
   * if the option names it.
   */
  private List<String> asked(AgentConfig config) {
    return config.exporters().stream()
        .filter(name -> exporters != null || !name.equals("prometheus"))
        .toList();
  }

  private List<MetricsSink> sinks(AgentConfig config) throws CliException {
    try {
      return wiring.sinks().apply(config);
    } catch (RuntimeException e) {
      throw CliException.failed("an exporter cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * Returns where the summary is printed: on standard output, or on standard error if the snapshot
   * goes to standard output, which must stay valid JSON.
   */
  private PrintWriter summary() {
    return STANDARD_OUTPUT.equals(snapshotPath)
        ? spec.commandLine().getErr()
        : spec.commandLine().getOut();
  }

  private void writeSnapshot(MetricsSnapshot snapshot) throws CliException {
    if (snapshotPath == null) {
      return;
    }
    try {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      wiring.snapshots().write(snapshot, json);
      if (snapshotPath.equals(STANDARD_OUTPUT)) {
        spec.commandLine().getOut().println(json.toString(StandardCharsets.UTF_8));
      } else {
        Inputs.writeNew(Path.of(snapshotPath), json.toByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot happen: the stream is in memory
    }
  }

  private static String describe(CallPlayer player, SinkRun run) {
    List<String> kinds = new ArrayList<>();
    int total = 0;
    for (var kind : player.played().entrySet()) {
      total += kind.getValue();
      if (kind.getValue() > 0) {
        kinds.add(kind.getValue() + " " + kind.getKey());
      }
    }
    return "played "
        + Counts.of(total, "call")
        + (kinds.isEmpty() ? "" : ": " + String.join(", ", kinds))
        + "; exported to "
        + (run.exported().isEmpty() ? "nothing" : String.join(", ", run.exported()))
        + (run.failed().isEmpty() ? "" : "; failed: " + String.join(", ", run.failed()));
  }
}
