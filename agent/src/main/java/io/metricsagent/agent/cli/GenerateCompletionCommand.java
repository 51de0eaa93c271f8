package io.metricsagent.agent.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options in a shell. */
@Command(
    name = "generate-completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script with which a shell completes the commands and their options.",
      "",
      "A shell completes the name of a program, so give the jar one:",
      "  alias metrics-agent='java -jar /opt/metrics-agent.jar'",
      ""
    },
    footer = {
      "",
      "Example: in ~/.bashrc, behind the alias (in ~/.zshrc with zsh in place of bash):",
      "  source <(java -jar /opt/metrics-agent.jar generate-completion bash)"
    })
final class GenerateCompletionCommand implements Callable<Integer> {
  /** One script serves both, because zsh emulates the completion of bash. */
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "metrics-agent",
      description = "The name that the shell completes (default: metrics-agent).")
  private String name;

  @Override
  public Integer call() throws CliException {
    if (!SHELLS.contains(shell)) {
      throw CliException.usage(shell + ": no such shell; give " + String.join(" or ", SHELLS));
    }
    // The name becomes part of the script.
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
      throw CliException.usage("--name=" + name + ": give letters, digits and any of _ . -");
    }
    spec.commandLine().getOut().print(AutoComplete.bash(name, spec.root().commandLine()));
    return 0;
  }
}
