package io.metricsagent.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Comparisons of calls that take turns of at most some milliseconds within one JVM. The calls then
 * have the same processor at the same speed, and the same compiled code, which differ by more than
 * the calls do from one run of a benchmark to the next. Compilers differ from one JVM to the next,
 * so each comparison is made in {@value #JVMS} of them.
 */
final class Turns {
  static final int JVMS = 7;

  private Turns() {}

  static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /**
   * Runs a class in several JVMs. The class prints lines of a name and a number, each of them the
   * median of its turns; other lines are left out.
   *
   * @return the numbers of each name, sorted
   */
  static Map<String, double[]> inSeveralJvms(String java, List<String> options, Class<?> main) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (int i = 0; i < JVMS; i++) {
      for (String line : lines(java, options, main)) {
        if (line.matches("\\w+ -?[0-9.]+")) {
          String[] words = line.split(" ");
          all.computeIfAbsent(words[0], unused -> new ArrayList<>())
              .add(Double.parseDouble(words[1]));
        }
      }
    }
    Map<String, double[]> sorted = new LinkedHashMap<>();
    all.forEach(
        (name, values) ->
            sorted.put(name, values.stream().mapToDouble(Double::doubleValue).sorted().toArray()));
    return sorted;
  }

  /** Returns the program that runs this JVM. */
  static String ownJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> lines(String java, List<String> options, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder jvm = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
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
