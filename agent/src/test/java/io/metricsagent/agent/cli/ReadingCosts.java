package io.metricsagent.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time and memory of the commands that read large files, each in a JVM of its own with a heap of
 * 256 MB: {@code mvn test -pl agent -am -Dtest=ReadingCosts
 * -Dsurefire.failIfNoSpecifiedTests=false}. {@code -Dreading.megabytes} sets the size of the files,
 * 2,000 MB if it is absent; the temporary folder needs about three times as much. No part of the
 * build, since times depend on the machine.
 */
class ReadingCosts {
  private static final String HEAP = "256m";

  @TempDir private Path folder;

  private interface Generator {
    int write(Path file, int megabytes) throws IOException;
  }

  @Test
  void printThem() throws Exception {
    String out = folder.resolve("out").toString();
    measure("sessions.json", BigFiles::sessions, "analyze", "FILE");
    measure("sessions.json", BigFiles::sessions, "to-evals", "FILE", "-o", out);
    measure("app.log", BigFiles::log, "import-logs", "FILE", "-o", out + ".json");
    measure("signals.jsonl", BigFiles::signals, "classify", "--input", "FILE");
    measure("rollups.jsonl", BigFiles::rollups, "sla", "FILE", "--by", "worker");
    measure(
        "metrics.jsonl",
        BigFiles::runs,
        "wasr",
        "--input",
        "FILE",
        "--now",
        Double.toString(BigFiles.NOW));
  }

  private void measure(String name, Generator generator, String... command) throws Exception {
    Path file = folder.resolve(name);
    int elements = generator.write(file, Integer.getInteger("reading.megabytes", 2000));
    String[] arguments = command.clone();
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].equals("FILE") ? file.toString() : arguments[i];
    }
    CommandProcess.Ended ended = CommandProcess.run(folder, HEAP, arguments);
    System.out.printf(
        Locale.ROOT,
        "%s: %,d MB, %,d elements, %.1f s, exit code %d, peak resident %d MB; %s%n",
        command[0],
        Files.size(file) / 1_000_000,
        elements,
        ended.seconds(),
        ended.code(),
        ended.peakMegabytes(),
        ended.errors().strip());
    clear();
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
