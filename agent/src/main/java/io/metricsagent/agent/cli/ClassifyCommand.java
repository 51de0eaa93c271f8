package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.RollupConfig;
import io.metricsagent.agent.files.SkippedLines;
import io.metricsagent.agent.rollups.RollupJson;
import io.metricsagent.agent.rollups.signals.Excuses;
import io.metricsagent.agent.rollups.signals.SessionLine;
import io.metricsagent.agent.rollups.signals.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Classifies the sessions of a file of signals. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = {
      "Puts sessions together from signals and prints one JSON object a session, sorted by key.",
      "",
      "Reads one JSON object a line, in any order: ts_ms, kind (trace, event or status), type,",
      "stream_id, request_id, event_id, provider, message, output_fps, model. Other lines are",
      "skipped. metrics.agent.rollups.excused.phrases lists what excuses an error.",
      "A file may be larger than the memory: it is sorted in temporary files.",
      ""
    },
    footer = {
      "",
      "Example: the sessions of a file, and their figures by the hour for the command sla:",
      "  java -jar metrics-agent.jar classify --input signals.jsonl --rollups rollups.jsonl"
    })
final class ClassifyCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "The file of signals, or - for standard input.")
  private Path input;

  @Option(
      names = "--rollups",
      paramLabel = "FILE",
      description = "Write the sessions' figures by the hour to this file, one JSON object a line.")
  private Path rollups;

  @Option(
      names = "--worker",
      paramLabel = "NAME",
      description = "The worker that the rollups name (default: none).")
  private String worker;

  ClassifyCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    Inputs.check(input, "give a file of signals");
    Inputs.checkOutput(rollups, List.of(input));
    Excuses excuses = new Excuses(RollupConfig.of(wiring.load(null)).excusedPhrases());
    PrintWriter out = spec.commandLine().getOut();
    try (Sessions sessions = new Sessions(excuses)) {
      SkippedLines skipped = read(sessions, out);
      SkipNotice.print(spec.commandLine().getErr(), input, skipped, "signal");
      if (rollups != null) {
        byte[] lines =
            RollupJson.lines(sessions.rollups(worker)).getBytes(StandardCharsets.US_ASCII);
        Inputs.replace(rollups, file -> file.write(lines));
      }
      sessions.forEach(session -> out.print(SessionLine.of(session) + "\n"));
      return 0;
    } catch (IOException e) {
      throw CliException.failed("the sessions cannot be sorted: " + e.getMessage(), e);
    }
  }

  private SkippedLines read(Sessions sessions, PrintWriter out) throws CliException {
    ReadProgress progress = new ReadProgress(out);
    boolean terminal = wiring.terminal().getAsBoolean();
    try (InputStream in = Inputs.open(input)) {
      return sessions.read(in, terminal ? progress : bytes -> {});
    } catch (IOException e) {
      throw CliException.failed(input + ": cannot be read: " + Inputs.reason(input, e), e);
    } finally {
      progress.clear();
    }
  }
}
