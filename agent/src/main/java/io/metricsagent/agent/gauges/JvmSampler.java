package io.metricsagent.agent.gauges;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Asks the JVM. A value is unknown where the JVM does not know it, or where a runtime image lacks
 * the module that does. Thread-safe.
 */
final class JvmSampler implements SystemSampler {
  private static final int UNKNOWN = -1;
  private static final double PERCENT = 100;

  @Override
  public SystemSample sample(boolean asksBeans) {
    Runtime jvm = Runtime.getRuntime();
    double used = jvm.totalMemory() - jvm.freeMemory();
    return new SystemSample(
        System.nanoTime(),
        asksBeans ? cpuNanos() : UNKNOWN,
        jvm.availableProcessors(),
        asksBeans ? gcMillis() : UNKNOWN,
        jvm.maxMemory() == Long.MAX_VALUE ? Double.NaN : PERCENT * used / jvm.maxMemory());
  }

  private static long cpuNanos() {
    try {
      return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
          .getProcessCpuTime();
    } catch (RuntimeException | LinkageError e) {
      return UNKNOWN;
    }
  }

  private static long gcMillis() {
    try {
      long millis = UNKNOWN;
      for (GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
        if (one.getCollectionTime() >= 0) {
          millis = Math.max(0, millis) + one.getCollectionTime();
        }
      }
      return millis;
    } catch (RuntimeException | LinkageError e) {
      return UNKNOWN;
    }
  }
}
