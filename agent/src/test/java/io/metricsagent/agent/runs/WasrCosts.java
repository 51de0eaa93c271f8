package io.metricsagent.agent.runs;

import io.metricsagent.agent.cli.BigFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Time and memory of a report over 1,000,000 events of 1,000,000 runs in ten weeks (220 MB), in a
 * JVM of its own with a heap of 256 MB. Prints one line for each of some rounds: {@code mvn test
 * -pl agent -am -Dtest=WasrCosts -Dsurefire.failIfNoSpecifiedTests=false}, or {@code main}. No part
 * of the build, since times depend on the machine.
 */
class WasrCosts {
  private static final int MEGABYTES = 220;
  private static final int ROUNDS = 5;
  private static final double MEGABYTE = 1e6;

  @Test
  void printThem() throws Exception {
    main(new String[0]);
  }

  /** Prints the figures; with the path of a file, reads that file and prints what it took. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      report(Path.of(arguments[0]));
      return;
    }
    Path folder = Files.createTempDirectory("wasr-costs");
    Path file = folder.resolve("metrics.jsonl");
    try {
      int events = BigFiles.runs(file, MEGABYTES);
      System.out.printf(Locale.ROOT, "%,d events, %.0f MB%n", events, Files.size(file) / MEGABYTE);
      for (int round = 0; round < ROUNDS; round++) {
        long begin = System.nanoTime();
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WasrCosts.class.getName(),
                    file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(process.getInputStream().readAllBytes()).strip();
        int code = process.waitFor();
        System.out.printf(
            Locale.ROOT,
            "whole process %.2f s, exit code %d; %s%n",
            (System.nanoTime() - begin) / 1e9,
            code,
            told);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void report(Path file) throws IOException {
    long begin = System.nanoTime();
    WasrReport report = RunLog.read(file, new Window(7, BigFiles.NOW), bytes -> {});
    double seconds = (System.nanoTime() - begin) / 1e9;
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      heap += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "reading %.2f s, peak heap %.0f MB%s; wasr %d%n",
        seconds,
        heap / MEGABYTE,
        resident(),
        report.wasr());
  }

  /** Returns the peak memory of the process, which only Linux tells. */
  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
    for (String line : lines) {
      if (line.startsWith("VmHWM:")) {
        return String.format(
            Locale.ROOT,
            ", peak resident %.0f MB",
            Long.parseLong(line.replaceAll("\\D", "")) * 1024 / MEGABYTE);
      }
    }
    return "";
  }
}
