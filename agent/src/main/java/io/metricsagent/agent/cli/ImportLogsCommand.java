package io.metricsagent.agent.cli;

import io.metricsagent.agent.sessions.LogImport;
import io.metricsagent.agent.sessions.SessionRedaction;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Turns logs into sessions. */
@Command(
    name = "import-logs",
    mixinStandardHelpOptions = true,
    description = {
      "Turns logs with one JSON object a line into a file of sessions.",
      "",
      "A line has timestamp, event and session_id, and may have skill and data. Other lines are"
          + " skipped.",
      "Logs may be larger than the memory: they are sorted in temporary files.",
      ""
    },
    footer = {
      "",
      "Example: the logs of two days in one file of sessions, which analyze reads:",
      "  java -jar metrics-agent.jar import-logs app-1.log app-2.log -o sessions.json"
    })
final class ImportLogsCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "LOG", arity = "1..*", description = "Logs; - for standard input")
  private List<Path> logs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The file of sessions; one that exists is replaced.")
  private Path output;

  @Option(
      names = "--redact",
      description = "Replace secrets as a recording does: e-mail addresses, keys, card numbers …")
  private boolean redact;

  ImportLogsCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    for (Path log : logs) {
      if (Files.isDirectory(log)) {
        throw CliException.usage(log + ": is a folder; give the logs themselves");
      }
      Inputs.check(log, "give the logs themselves");
    }
    SessionInputs inputs =
        SessionInputs.of(logs, output, wiring.terminal().getAsBoolean(), out, err);
    SessionRedaction redaction = redact ? Redaction.of(wiring.load(null)) : null;
    try (LogImport events = new LogImport()) {
      inputs.readAll(
          "The import", (log, in) -> SkipNotice.print(err, log, events.read(in), "event"));
      AtomicLong sessions = new AtomicLong();
      Inputs.replace(output, file -> sessions.set(events.writeTo(file, Instant.now(), redaction)));
      out.println(
          AgentLog.printable(Counts.of(sessions.get(), "session") + " written to " + output));
    } catch (IOException e) {
      throw CliException.failed("temporary files cannot be deleted: " + e.getMessage(), e);
    }
    return 0;
  }
}
