package io.metricsagent.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one command in a JVM of its own, with a heap of a given size. */
final class CommandProcess {
  private static final String PEAK = "VmHWM:";

  /**
   * How a command ended.
   *
   * @param output standard output
   * @param error standard error
   * @param seconds the time of the whole process
   * @param peakMegabytes the most memory that the process had; 0 where the system does not tell
   */
  record Ended(int code, Path output, Path error, double seconds, long peakMegabytes) {
    String errors() throws IOException {
      return Files.readString(error);
    }
  }

  private CommandProcess() {}

  /**
   * Runs a command.
   *
   * @param folder for its output, and for its temporary files
   */
  static Ended run(Path folder, String heap, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path error = Files.createTempFile(folder, "error", ".txt");
    Path peak = Files.createTempFile(folder, "peak", ".txt");
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                CommandProcess.class.getName(),
                peak.toString()));
    line.addAll(List.of(command));
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(output.toFile())
            .redirectError(error.toFile())
            .start();
    int code = process.waitFor();
    double seconds = (System.nanoTime() - begin) / 1e9;
    String told = Files.readString(peak);
    return new Ended(code, output, error, seconds, told.isEmpty() ? 0 : Long.parseLong(told));
  }

  /** Runs the command behind the first argument, which names the file for the peak of memory. */
  public static void main(String[] arguments) throws IOException {
    String[] command = new String[arguments.length - 1];
    System.arraycopy(arguments, 1, command, 0, command.length);
    int code =
        MetricsAgentCli.run(
            command,
            new Shell().wiring(),
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8));
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) { // only Linux has it
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith(PEAK)) {
          long kilobytes = Long.parseLong(line.replaceAll("\\D", ""));
          Files.writeString(Path.of(arguments[0]), Long.toString(kilobytes * 1024 / 1_000_000));
        }
      }
    }
    System.exit(code);
  }
}
