package io.metricsagent.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The results of the iterations of one benchmark, sorted.
 *
 * @param wall elapsed nanoseconds for each operation of one thread
 * @param cpu nanoseconds of processor time for each operation
 * @param rate millions of operations a second, of all threads together
 * @param bytes allocated for each operation
 */
record Measurement(List<Double> wall, List<Double> cpu, List<Double> rate, List<Double> bytes) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Measurement of(RunResult run) {
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> rate = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        wall.add(iteration.getPrimaryResult().getScore());
        collect(iteration.getSecondaryResults().values(), CpuTimeProfiler.CPU, cpu);
        collect(iteration.getSecondaryResults().values(), CpuTimeProfiler.RATE, rate);
        collect(iteration.getSecondaryResults().values(), ALLOCATED, bytes);
      }
    }
    return new Measurement(sorted(wall), sorted(cpu), sorted(rate), sorted(bytes));
  }

  @SuppressWarnings("rawtypes") // JMH's own signature
  private static void collect(Collection<Result> results, String label, List<Double> into) {
    for (Result<?> result : results) {
      if (result.getLabel().endsWith(label)) {
        into.add(result.getScore());
      }
    }
  }

  private static List<Double> sorted(List<Double> values) {
    return values.stream().sorted().toList();
  }

  double medianRate() {
    return median(rate);
  }

  double medianWall() {
    return median(wall);
  }

  double medianCpu() {
    return median(cpu);
  }

  private static double median(List<Double> sorted) {
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  /** Returns the median and the range of the elapsed time. */
  String wallText() {
    return text(wall);
  }

  /** Returns the median and the range of the processor time. */
  String cpuText() {
    return text(cpu);
  }

  private static String text(List<Double> sorted) {
    return String.format(
        Locale.ROOT,
        "%s (%s–%s)",
        nanos(median(sorted)),
        nanos(sorted.get(0)),
        nanos(sorted.get(sorted.size() - 1)));
  }

  /** Formats nanoseconds with one decimal below 100 ns, and none above. */
  static String nanos(double nanos) {
    return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
  }

  /** Returns the median of the bytes; JMH's own threads add some thousandths. */
  String bytesText() {
    return String.format(Locale.ROOT, "%.0f", median(bytes));
  }
}
