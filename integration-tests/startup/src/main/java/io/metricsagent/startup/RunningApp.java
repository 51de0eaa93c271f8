package io.metricsagent.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application from its start to its first answer, and its costs until then. */
final class RunningApp implements AutoCloseable {
  private static final double MILLIS_PER_TICK = 10; // USER_HZ is 100 on every Linux that matters

  private final Jdk jdk;
  private final Process process;
  private final BufferedReader out;
  private final long begin;
  private long ready;
  private long answer;

  private RunningApp(Jdk jdk, Process process, long begin) {
    this.jdk = jdk;
    this.process = process;
    this.begin = begin;
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts an application and waits for its first answer.
   *
   * @param prefix the beginning of the command, such as {@code taskset}
   */
  static RunningApp start(
      Jdk jdk, App app, Variant variant, Jars jars, Path directory, List<String> prefix)
      throws IOException {
    return start(jdk, app, variant.options(jdk, jars, directory), directory, prefix);
  }

  /** Starts an application with options of the JVM, and waits for its first answer. */
  static RunningApp start(
      Jdk jdk, App app, List<String> options, Path directory, List<String> prefix)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(jdk.tool("java"));
    command.addAll(options);
    command.add("-jar");
    command.add(app.jar().toString());
    command.addAll(app.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(directory.resolve("stderr.txt").toFile());
    RunningApp running = new RunningApp(jdk, builder.start(), System.nanoTime());
    running.awaitAnswer();
    return running;
  }

  private void awaitAnswer() throws IOException {
    String line = await("ready");
    ready = System.nanoTime();
    if (line.contains(" ")) {
      String port = line.substring(line.indexOf(' ') + 1);
      try (InputStream in = URI.create("http://127.0.0.1:" + port + "/ask").toURL().openStream()) {
        in.readAllBytes();
      }
    } else {
      await("answer");
    }
    answer = System.nanoTime();
  }

  private String await(String word) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(word)) {
        return line;
      }
    }
    throw new IOException(process.info().commandLine().orElse("?") + " ended without " + word);
  }

  /**
   * Returns the costs of the start.
   *
   * @param asked whether to ask the JVM for its classes and threads, which takes a while
   */
  Sample sample(boolean asked) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    double cpu = cpuMillis();
    double peak = 0;
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("VmHWM:")) {
        peak = Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    double classes = -1;
    double threads = -1;
    if (asked) {
      classes = 0;
      for (String line : counters()) {
        String value = line.substring(line.indexOf('=') + 1);
        switch (line.substring(0, Math.max(0, line.indexOf('=')))) {
          case "java.cls.loadedClasses", "java.cls.sharedLoadedClasses" ->
              classes += Long.parseLong(value);
          case "java.threads.live" -> threads = Long.parseLong(value);
          default -> {}
        }
      }
    }
    return new Sample((ready - begin) / 1e6, (answer - begin) / 1e6, cpu, peak, classes, threads);
  }

  /** Returns the JVM's counters, each as {@code name=value}. */
  List<String> counters() throws IOException {
    Process jcmd =
        new ProcessBuilder(jdk.tool("jcmd"), Long.toString(process.pid()), "PerfCounter.print")
            .redirectErrorStream(true)
            .start();
    return jcmd.inputReader().lines().toList();
  }

  /** Returns the CPU time that the process has taken so far. */
  double cpuMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
  }

  /** Writes a line to the application and returns its answer. */
  String ask(String line) throws IOException {
    process.outputWriter().write(line + "\n");
    process.outputWriter().flush();
    return await("load");
  }

  /** Ends the application, and waits until the JVM has written what it writes at its end. */
  void end() throws IOException {
    process.toHandle().destroy(); // destroy() of the process would close its output too
    while (out.readLine() != null) {
      // A JVM that writes an archive prints a line for each class that it leaves out.
    }
    close();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
