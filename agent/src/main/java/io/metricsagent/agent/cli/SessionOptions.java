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
   * @throws CliException if one does not exist, or is named twice
   */
  SessionInputs inputs(CommandSpec spec, Wiring wiring) throws CliException {
    return SessionInputs.of(
        paths,
        wiring.terminal().getAsBoolean(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
