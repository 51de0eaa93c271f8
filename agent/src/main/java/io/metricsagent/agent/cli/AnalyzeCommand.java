package io.metricsagent.agent.cli;

import io.metricsagent.agent.files.WholeFile;
import io.metricsagent.agent.sessions.Analysis;
import io.metricsagent.agent.sessions.AnalysisJson;
import io.metricsagent.agent.sessions.SessionFile;
import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Analyzes files of sessions. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    description = {
      "Analyzes files of sessions: success rate, duration and tool calls, in all and by skill.",
      "",
      "Files are read as a stream, so they may be larger than the memory.",
      ""
    },
    footer = {
      "",
      "Example: the sessions of one skill, with the figures in a file:",
      "  java -jar metrics-agent.jar analyze .metrics-agent/debug/sessions --skill deploy"
          + " -o report.json"
    })
final class AnalyzeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Files of sessions, - for standard input, or folders, of which all *.json count")
  private List<Path> paths;

  @Option(
      names = {"-s", "--skill"},
      paramLabel = "NAME",
      description = "Only sessions of this skill.")
  private String skill;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the figures to this file as JSON.")
  private Path output;

  AnalyzeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SessionInputs inputs = SessionInputs.of(paths, wiring.terminal().getAsBoolean(), out, err);
    Analysis analysis = new Analysis(skill);
    inputs.readSessions("Analysis", in -> SessionFile.summaries(in, analysis::add));
    AnalysisTable.print(analysis, out);
    if (output != null) {
      byte[] json = AnalysisJson.text(analysis).getBytes(StandardCharsets.US_ASCII);
      try {
        WholeFile.replace(output, file -> file.write(json));
      } catch (IOException e) {
        throw CliException.failed(output + ": cannot be written: " + Inputs.reason(output, e), e);
      }
      out.println();
      out.println(AgentLog.printable("Analysis written to " + output));
    }
    return 0;
  }
}
