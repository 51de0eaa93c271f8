package io.metricsagent.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Woven methods under the real jar, on platform threads and on virtual ones. Virtual threads need a
 * JDK of 21 or later: this JVM's, or one that is installed beside it.
 */
final class Woven {
  static final String BENCHMARKS = WovenBenchmark.class.getSimpleName() + "\\.";

  private static final String PLATFORM = "platform threads";
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  private final Path root;
  private final Map<String, Map<String, Measurement>> measured = new LinkedHashMap<>();

  /** The same calls in turns within one JVM, by where they run. */
  private final Map<String, Map<String, double[]>> turns = new LinkedHashMap<>();

  Woven(Path root) {
    this.root = root;
  }

  /**
   * Measures.
   *
   * @param options returns new options that select these benchmarks
   */
  void run(Supplier<ChainedOptionsBuilder> options) throws RunnerException {
    measure("bare", options.get());
    measure(PLATFORM, options.get().jvmArgsAppend(agentArguments("PLATFORM")));
    turns.put(PLATFORM, turns(Turns.ownJava(), false));
    Optional<Path> home = homeWithVirtualThreads();
    if (home.isPresent()) {
      String java = home.get() + "/bin/java";
      String version = ", " + home.get().getFileName();
      measure(
          PLATFORM + version, options.get().jvm(java).jvmArgsAppend(agentArguments("PLATFORM")));
      turns.put(PLATFORM + version, turns(java, false));
      measure(
          "virtual threads" + version,
          options.get().jvm(java).jvmArgsAppend(agentArguments("VIRTUAL")));
      turns.put("virtual threads" + version, turns(java, true));
    }
  }

  private Map<String, double[]> turns(String java, boolean virtual) {
    List<String> options = new ArrayList<>(List.of(agentArguments("PLATFORM")));
    options.add("-D" + WovenTurns.VIRTUAL + "=" + virtual);
    return Turns.inSeveralJvms(java, options, WovenTurns.class);
  }

  private void measure(String where, ChainedOptionsBuilder options) throws RunnerException {
    Map<String, Measurement> results = new LinkedHashMap<>();
    for (RunResult result : new Runner(options.build()).run()) {
      String name = result.getParams().getBenchmark();
      results.put(name.substring(name.lastIndexOf('.') + 1), Measurement.of(result));
    }
    measured.put(where, results);
  }

  /**
   * Returns the JVM's options. They replace those of the other benchmarks.
   *
   * @param executor the kind of JMH's threads
   */
  private String[] agentArguments(String executor) {
    return new String[] {
      "-Xms512m",
      "-Xmx512m",
      "-Djmh.executor=" + executor,
      "-javaagent:" + root.resolve("agent/target/metrics-agent.jar"),
      "-Dmetrics.agent.exporters=none",
      "-Dmetrics.agent.tools.include=" + WovenBenchmark.Tool.class.getName() + "[run]",
      "-Dmetrics.agent.adapters.include=" + WovenBenchmark.Adapter.class.getName() + "[ask]"
    };
  }

  private static Optional<Path> homeWithVirtualThreads() {
    Path own = Path.of(System.getProperty("java.home"));
    if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
      return Optional.of(own);
    }
    try (Stream<Path> installed = Files.list(own.getParent())) {
      List<Path> found =
          installed.filter(home -> feature(home) >= FIRST_WITH_VIRTUAL_THREADS).sorted().toList();
      return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the feature number of an installed JDK; 0 for a folder that has none. */
  private static int feature(Path home) {
    try {
      String release = Files.readString(home.resolve("release"));
      return Integer.parseInt(release.replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*", "$1"));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Returns how long a woven call takes beyond its two clock reads, on a platform thread. */
  double beyondItsClockReads(String method) {
    return median(method);
  }

  /** Returns how long a woven call takes with its two clock reads, on a platform thread. */
  double withItsClockReads(String method) {
    return median("clock") + median(method);
  }

  private double median(String row) {
    double[] sorted = turns.get(PLATFORM).get(row);
    return sorted[sorted.length / 2];
  }

  void write(Report report) {
    report.heading("Woven methods under the real jar (ns)");
    report.text("Each call includes the two clock reads that the row before shows alone.");
    report.table("method | threads | wall | processor | B/call");
    measured.forEach(
        (where, results) -> {
          if (where.equals("bare")) {
            row(report, "not woven: returns its argument", where, results.get("tool"));
          } else {
            row(report, "two `System.nanoTime()`, nothing else", where, results.get("clock"));
            row(report, "woven as a tool", where, results.get("tool"));
            row(report, "woven as an adapter", where, results.get("adapter"));
          }
        });
    report.text(
        "The same in turns of a fraction of a millisecond within one JVM: wall-clock time, the"
            + " median of the turns in each of "
            + Turns.JVMS
            + " JVMs, and of these the median (lowest–highest). Processors change their speed, so"
            + " these are the figures to compare.\n");
    report.table("threads | two clock reads | a tool beyond them | an adapter beyond them");
    turns.forEach(
        (where, rows) ->
            report.row(
                String.join(
                    " | ",
                    where,
                    Turns.text(rows.get("clock")),
                    Turns.text(rows.get("tool")),
                    Turns.text(rows.get("adapter")))));
  }

  private static void row(Report report, String title, String where, Measurement measurement) {
    report.row(
        String.join(
            " | ",
            title,
            where.equals("bare") ? PLATFORM : where,
            measurement.wallText(),
            measurement.cpuText(),
            measurement.bytesText()));
  }
}
