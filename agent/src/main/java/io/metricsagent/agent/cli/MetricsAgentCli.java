package io.metricsagent.agent.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The command line of the agent. Stateless. */
public final class MetricsAgentCli {
  /** Columns; the examples of calls fit into one line. */
  private static final int HELP_WIDTH = 100;

  private MetricsAgentCli() {}

  /**
   * Runs one command.
   *
   * @return the exit code: 0 when all went well, 1 when something failed on the way, 2 when the
   *     command could not begin (usage, no such file)
   */
  public static int run(String[] args, Wiring wiring, PrintWriter out, PrintWriter err) {
    CommandLine commands =
        new CommandLine(new RootCommand())
            .addSubcommand(new ConfigCommand(wiring))
            .addSubcommand(new DumpCommand())
            .addSubcommand(new InspectCommand(wiring))
            .addSubcommand(new MergeCommand(wiring))
            .addSubcommand(new ReplayCommand(wiring));
    String version = "metrics-agent " + wiring.version();
    commands.getCommandSpec().version(version);
    for (CommandLine command : commands.getSubcommands().values()) {
      command.getCommandSpec().version(version);
    }
    commands.setOut(out).setErr(err).setUsageHelpWidth(HELP_WIDTH);
    commands.setExecutionExceptionHandler(MetricsAgentCli::report);
    int code = commands.execute(args);
    out.flush();
    err.flush();
    return code;
  }

  /** One line for what a user can mend, a stack trace for what only we can. */
  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    if (failure instanceof CliException expected) {
      command.getErr().println(expected.getMessage());
      return expected.exitCode();
    }
    failure.printStackTrace(command.getErr());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
