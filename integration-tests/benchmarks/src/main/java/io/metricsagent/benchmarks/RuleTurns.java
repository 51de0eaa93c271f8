package io.metricsagent.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls by a rule of the user's and by a built-in rule in turns of some milliseconds, within one
 * JVM. The two then have the same processor at the same speed, and the same compiled code, which
 * differ by more than the calls do from one run of a benchmark to the next. Processor time of the
 * thread.
 */
final class RuleTurns {
  static final int JVMS = 7;
  private static final int TURNS = 300;
  private static final int CALLS = 20_000;
  private static final int WARM_UP_TURNS = 150;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @SuppressWarnings("unused") // keeps the JIT compiler from leaving the calls out
  private static volatile Object sink;

  private RuleTurns() {}

  /**
   * Measures in this JVM and prints, for each kind of call, how much more the user's rule takes.
   */
  public static void main(String[] args) {
    RuleBenchmark calls = new RuleBenchmark();
    print("adapter", calls::builtInAdapter, calls::userAdapter);
    print("tool", calls::builtInTool, calls::userTool);
  }

  private static void print(String name, Supplier<Object> builtIn, Supplier<Object> users) {
    double[] more = new double[TURNS];
    for (int turn = -WARM_UP_TURNS; turn < TURNS; turn++) {
      double first = turn(builtIn);
      double second = turn(users);
      if (turn >= 0) {
        more[turn] = second - first;
      }
    }
    System.out.println(name + " " + median(more));
  }

  /** Returns nanoseconds a call. */
  private static double turn(Supplier<Object> call) {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < CALLS; i++) {
      sink = call.get();
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / (double) CALLS;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Returns, for each kind of call, how many nanoseconds more it took in each of several JVMs. */
  static Map<String, double[]> inSeveralJvms() {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (int i = 0; i < JVMS; i++) {
      for (String line : lines()) {
        String[] words = line.split(" ");
        all.computeIfAbsent(words[0], unused -> new ArrayList<>())
            .add(Double.parseDouble(words[1]));
      }
    }
    Map<String, double[]> sorted = new LinkedHashMap<>();
    all.forEach(
        (name, values) ->
            sorted.put(name, values.stream().mapToDouble(Double::doubleValue).sorted().toArray()));
    return sorted;
  }

  private static List<String> lines() {
    ProcessBuilder jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RuleTurns.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    try (BufferedReader out = jvm.start().inputReader()) {
      return out.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the median and the range of sorted values. */
  static String text(double[] sorted) {
    return String.format(
        Locale.ROOT,
        "%.1f ns (%.1f–%.1f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
