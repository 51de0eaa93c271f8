package io.metricsagent.agent.cli;

import io.metricsagent.agent.config.NearestName;
import io.metricsagent.bootstrap.AgentLog;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The command line of the agent. Stateless. */
public final class MetricsAgentCli {
  /** In columns; wide enough for the examples of calls on one line. */
  private static final int HELP_WIDTH = 100;

  private MetricsAgentCli() {}

  /**
   * Runs one command.
   *
   * @return the exit code: 0 for success, 1 if something failed while the command ran, 2 if the
   *     command could not begin (wrong usage, no such file)
   */
  public static int run(String[] args, Wiring wiring, PrintWriter out, PrintWriter err) {
    CommandLine commands = commands(wiring);
    commands.setOut(out).setErr(err);
    int code = execute(commands, args, err);
    if (out.checkError()) { // which also flushes
      err.println(
          "standard output cannot be written: its disk may be full, or its reader has ended");
      code = code == 0 ? CommandLine.ExitCode.SOFTWARE : code;
    }
    err.flush();
    return code;
  }

  /** Returns all commands. */
  static CommandLine commands(Wiring wiring) {
    CommandLine commands =
        new CommandLine(new RootCommand())
            .addSubcommand(new AnalyzeCommand(wiring))
            .addSubcommand(new CheckCommand())
            .addSubcommand(new ClassifyCommand(wiring))
            .addSubcommand(collect(wiring))
            .addSubcommand(new ConfigCommand(wiring))
            .addSubcommand(new DumpCommand())
            .addSubcommand(new GenerateCompletionCommand())
            .addSubcommand(new ImportLogsCommand(wiring))
            .addSubcommand(new InspectCommand(wiring))
            .addSubcommand(new MergeCommand(wiring))
            .addSubcommand(new ReplayCommand(wiring))
            .addSubcommand(new RulesCommand())
            .addSubcommand(new ServeCommand(wiring))
            .addSubcommand(new SlaCommand(wiring))
            .addSubcommand(new ToEvalsCommand(wiring))
            .addSubcommand(new WasrCommand(wiring));
    CommandLine.IParameterExceptionHandler usual = commands.getParameterExceptionHandler();
    String version = "metrics-agent " + wiring.version();
    setVersion(commands, version);
    return commands
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler(
            (failure, arguments) -> reportUsage(failure, arguments, usual))
        .setExecutionExceptionHandler(MetricsAgentCli::report);
  }

  private static CommandLine collect(Wiring wiring) {
    return new CommandLine(new CollectCommand()).addSubcommand(new CollectWandbCommand(wiring));
  }

  private static void setVersion(CommandLine commands, String version) {
    commands.getCommandSpec().version(version);
    commands.getSubcommands().values().forEach(command -> setVersion(command, version));
  }

  private static int execute(CommandLine commands, String[] args, PrintWriter err) {
    try {
      return commands.execute(args);
    } catch (OutOfMemoryError e) {
      err.println(
          "out of memory ("
              + e.getMessage()
              + "); give the command more, as in java -Xmx4g -jar metrics-agent.jar");
      return CommandLine.ExitCode.SOFTWARE;
    } catch (LinkageError e) {
      err.println("this Java runtime lacks what the command needs: " + e + "; use a complete JDK");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** Names the command that is meant by an unknown one; all else is told as usual. */
  private static int reportUsage(
      CommandLine.ParameterException failure,
      String[] arguments,
      CommandLine.IParameterExceptionHandler usual)
      throws Exception {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched
        && !command.getSubcommands().isEmpty()
        && !unmatched.isUnknownOption()) {
      String name = unmatched.getUnmatched().get(0);
      String nearest = NearestName.of(name, command.getSubcommands().keySet());
      err.println(
          AgentLog.printable(
              name
                  + ": no such command; "
                  + (nearest == null
                      ? "--help lists the commands"
                      : "did you mean " + nearest + "?")));
      return CommandLine.ExitCode.USAGE;
    }
    return usual.handleParseException(failure, arguments);
  }

  /**
   * Prints one line for a mistake that the user can correct, and a stack trace for a fault of ours.
   */
  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof CliException expected) {
      command.getErr().println(AgentLog.printable(expected.getMessage()));
      return expected.exitCode();
    }
    failure.printStackTrace(command.getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
