package io.metricsagent.exporters.testing;

import java.lang.management.ManagementFactory;

/** What is still reachable. */
public final class Heap {
  private Heap() {}

  /** Returns the bytes in use after a collection. */
  @SuppressWarnings("GarbageCollection") // what is measured is what a collection leaves
  public static long bytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
