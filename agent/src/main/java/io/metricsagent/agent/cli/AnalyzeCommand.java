package io.metricsagent.agent.cli;

import io.metricsagent.agent.sessions.Analysis;
import io.metricsagent.agent.sessions.AnalysisJson;
import io.metricsagent.agent.sessions.SessionFile;
import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Mixin private SessionOptions sessions;

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
    SessionInputs inputs = sessions.inputs(spec, wiring, output);
    Analysis analysis = new Analysis(sessions.skill());
    inputs.readSessions("Analysis", in -> SessionFile.summaries(in, analysis::add));
    AnalysisTable.print(analysis, out);
    if (output != null) {
      byte[] json = AnalysisJson.text(analysis).getBytes(StandardCharsets.US_ASCII);
      Inputs.replace(output, file -> file.write(json));
      out.println();
      out.println(AgentLog.printable("Analysis written to " + output));
    }
    return 0;
  }
}
