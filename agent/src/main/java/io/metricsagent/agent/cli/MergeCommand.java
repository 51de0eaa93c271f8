package io.metricsagent.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds snapshots of the archive up. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Adds snapshots up, of several workers or several runs, and prints the sum as a snapshot.",
      "A snapshot holds everything since the start of its process: give the last one of each.",
      "Percentiles of the sum are those of all calls.",
      ""
    })
final class MergeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Snapshot files")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Write the sum to this file; inspect shows it as tables.")
  private Path output;

  MergeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws CliException {
    Map<String, byte[]> snapshots = new LinkedHashMap<>();
    for (Path file : files) {
      if (snapshots.put(file.toString(), read(file)) != null) {
        throw CliException.usage(file + ": given twice; its counts would be added twice");
      }
    }
    byte[] sum;
    try {
      sum = wiring.merger().apply(snapshots);
    } catch (IllegalArgumentException e) {
      throw CliException.failed(e.getMessage(), e);
    }
    if (output == null) {
      spec.commandLine().getOut().print(new String(sum, StandardCharsets.UTF_8));
      return 0;
    }
    try {
      Files.write(output, sum);
    } catch (IOException e) {
      throw CliException.failed(output + ": cannot be written: " + e.getMessage(), e);
    }
    spec.commandLine().getOut().println(output);
    return 0;
  }

  private static byte[] read(Path file) throws CliException {
    if (!Files.isRegularFile(file)) {
      throw CliException.usage(file + ": no such file; give snapshot files");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CliException.failed(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
