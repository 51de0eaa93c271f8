package io.metricsagent.agent.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line without a subcommand, which prints the help. */
@Command(
    name = "metrics-agent",
    mixinStandardHelpOptions = true,
    description = {
      "Measures LLM applications on the JVM: calls to models, tools and mailboxes.",
      "",
      "To measure an application, start it with -javaagent:metrics-agent.jar[=KEY=VALUE,...].",
      "The commands below show what was measured.",
      ""
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().printVersionHelp(out);
    out.println();
    spec.commandLine().usage(out);
  }
}
