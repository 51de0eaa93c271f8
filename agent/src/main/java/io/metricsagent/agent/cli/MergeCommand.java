package io.metricsagent.agent.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds up snapshots of the archive. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Adds snapshots up, of several workers or several runs, and prints the sum as a snapshot.",
      "A snapshot has everything since the start of its process: only its last one counts.",
      "Percentiles of the sum are those of all calls.",
      ""
    },
    footer = {
      "",
      "Example: the sum of all workers whose folders are on a shared disk:",
      "  java -jar metrics-agent.jar merge /mnt/worker-1 /mnt/worker-2 -o all.json"
    })
final class MergeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Snapshot files, and folders with snapshots")
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
    Set<Path> all = new LinkedHashSet<>();
    Set<Path> given = new HashSet<>();
    for (Path file : files) {
      if (!given.add(file)) {
        throw CliException.usage(file + ": the file is named twice; name it once");
      }
      all.addAll(Files.isDirectory(file) ? SnapshotFiles.all(file) : List.of(checked(file)));
    }
    Inputs.checkOutput(output, all);
    LastOfEachRun last = new LastOfEachRun();
    for (Path file : all) {
      last.add(file, Inputs.read(file));
    }
    Map<String, byte[]> snapshots = last.files();
    if (snapshots.size() < all.size()) {
      spec.commandLine()
          .getErr()
          .println(
              "added "
                  + snapshots.size()
                  + " of "
                  + all.size()
                  + " snapshots: the last one of each process, which includes those before it");
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
    Inputs.writeNew(output, sum);
    spec.commandLine().getOut().println(output);
    return 0;
  }

  private static Path checked(Path file) throws CliException {
    if (!Inputs.exists(file)) {
      throw CliException.usage(file + ": no such file; give snapshot files or folders");
    }
    return file;
  }
}
