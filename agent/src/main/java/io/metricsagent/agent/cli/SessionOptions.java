package io.metricsagent.agent.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands that read sessions let the user choose. */
final class SessionOptions {
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

  /** Returns the skill whose sessions count, or {@code null} for all sessions. */
  String skill() {
    return skill;
  }

  /**
   * Finds the files.
   *
   * @param output the file that the command writes, or {@code null}
   * @throws CliException if one does not exist, is named twice, or is the output
   */
  SessionInputs inputs(CommandSpec spec, Wiring wiring, Path output) throws CliException {
    return SessionInputs.of(
        paths,
        output,
        wiring.terminal().getAsBoolean(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
