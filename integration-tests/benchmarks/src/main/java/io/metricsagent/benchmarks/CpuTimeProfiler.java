package io.metricsagent.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of the JVM for each operation, and operations of all threads together. Unlike time
 * on the wall, the former does not contain the time in which other processes, or more threads than
 * processors, kept a thread waiting.
 */
public final class CpuTimeProfiler implements InternalProfiler {
  static final String CPU = "cpu.time";
  static final String RATE = "all.rate";

  private static final OperatingSystemMXBean JVM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long cpuBefore;
  private long before;

  @Override
  public String getDescription() {
    return "processor time of the JVM for each operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    cpuBefore = JVM.getProcessCpuTime();
    before = System.nanoTime();
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double cpu = JVM.getProcessCpuTime() - cpuBefore;
    double micros = (System.nanoTime() - before) / 1e3;
    double all = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(CPU, cpu / all, "ns/op", AggregationPolicy.AVG),
        new ScalarResult(RATE, all / micros, "ops/us", AggregationPolicy.AVG));
  }
}
