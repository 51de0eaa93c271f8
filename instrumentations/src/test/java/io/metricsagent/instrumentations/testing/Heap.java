package io.metricsagent.instrumentations.testing;

/** The memory that a test's own objects take. */
public final class Heap {
  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** Returns the bytes that are used after several collections. */
  public static long usedAfterCollection() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
