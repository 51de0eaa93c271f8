package io.metricsagent.agent.gauges;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the JVM knew of its process at one moment. What it does not know is -1 or NaN.
 *
 * @param nanos when, by {@link System#nanoTime}
 * @param cpuNanos the processor time of the process so far
 * @param processors how many processors there are
 * @param gcMillis the time in garbage collections so far
 * @param heapUtilization the part of the largest heap that is in use, from 0 to 100
 */
record SystemSample(
    long nanos, long cpuNanos, int processors, long gcMillis, double heapUtilization) {
  static final String CPU = "cpu_utilization";
  static final String GC = "gc_utilization";
  static final String HEAP = "heap_utilization";

  /**
   * The shortest time in which processor time means something: some systems count it in steps of 10
   * ms.
   */
  static final long SHORTEST_NANOS = 100_000_000;

  private static final double PERCENT = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * Returns the values that are known, in percent: of the processors and of garbage collections
   * since an earlier sample, of the heap at this one.
   */
  Map<String, Double> since(SystemSample earlier) {
    Map<String, Double> values = new LinkedHashMap<>();
    double elapsed = nanos - earlier.nanos;
    if (elapsed >= SHORTEST_NANOS) {
      if (cpuNanos >= 0 && earlier.cpuNanos >= 0) {
        values.put(CPU, percent((cpuNanos - earlier.cpuNanos) / (elapsed * processors)));
      }
      if (gcMillis >= 0 && earlier.gcMillis >= 0) {
        values.put(GC, percent((gcMillis - earlier.gcMillis) * NANOS_PER_MILLI / elapsed));
      }
    }
    if (!Double.isNaN(heapUtilization)) {
      values.put(HEAP, heapUtilization);
    }
    return values;
  }

  private static double percent(double part) {
    return Math.min(PERCENT, Math.max(0, part * PERCENT));
  }
}
