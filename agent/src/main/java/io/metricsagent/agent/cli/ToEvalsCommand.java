package io.metricsagent.agent.cli;

import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionFile;
import io.metricsagent.agent.sessions.SessionRedaction;
import io.metricsagent.agent.sessions.TaskFolder;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.Counts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Turns sessions into tasks of an evaluation. */
@Command(
    name = "to-evals",
    mixinStandardHelpOptions = true,
    description = {
      "Writes one YAML file for each session, a task of an evaluation for regression tests.",
      "",
      "A file that exists already stays as it is, because somebody may have added to it what the"
          + " task expects.",
      ""
    },
    footer = {
      "",
      "Example: tasks from the successful sessions of one skill:",
      "  java -jar metrics-agent.jar to-evals sessions.json --skill azure-deploy --success -o"
          + " tasks/"
    })
final class ToEvalsCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Mixin private SessionOptions sessions;

  @ArgGroup private Outcome outcome = new Outcome();

  private static final class Outcome {
    @Option(names = "--success", description = "Only sessions that succeeded.")
    private boolean success;

    @Option(names = "--failed", description = "Only sessions that failed.")
    private boolean failed;

    boolean includes(boolean succeeded) {
      return success == failed || success == succeeded;
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "The folder for the tasks; it is made if it is missing.")
  private Path output;

  @Option(names = "--overwrite", description = "Replace tasks that exist already.")
  private boolean overwrite;

  @Option(
      names = "--redact",
      description = "Replace secrets as a recording does: e-mail addresses, keys, card numbers …")
  private boolean redact;

  ToEvalsCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SessionInputs inputs = sessions.inputs(spec, wiring, null);
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw CliException.usage(output + ": is no folder; give a folder for the tasks");
    }
    SessionRedaction redaction = redact ? Redaction.of(wiring.load(null)) : null;
    TaskFolder tasks = new TaskFolder(output, overwrite);
    inputs.readSessions(
        "The conversion",
        in -> SessionFile.sessions(in, session -> add(session, redaction, tasks)));
    out.println(AgentLog.printable(Counts.of(tasks.written(), "task") + " written to " + output));
    if (tasks.kept() > 0) {
      err.println(
          tasks.kept() == 1
              ? "1 task exists already and was kept; --overwrite replaces it"
              : tasks.kept() + " tasks exist already and were kept; --overwrite replaces them");
    }
    return 0;
  }

  private void add(Session session, SessionRedaction redaction, TaskFolder tasks)
      throws IOException {
    String skill = sessions.skill();
    boolean wanted = skill == null || skill.equals(session.skillName());
    if (wanted && outcome.includes(session.success())) {
      tasks.add(redaction == null ? session : redaction.of(session));
    }
  }
}
