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
 * Measures the JVM's processor time for each operation, and the operations of all threads together.
 * Unlike elapsed time, processor time excludes the time in which a thread waits because of other
 * processes, or because there are more threads than processors.
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
