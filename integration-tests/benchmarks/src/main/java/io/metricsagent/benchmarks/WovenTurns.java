package io.metricsagent.benchmarks;

/**
 * Woven methods, and two clock reads, in turns within one JVM: how much more than the clock reads
 * the calls take. Wall-clock time, because virtual threads have no processor time; the median of
 * the turns leaves those out in which another process had the processor.
 */
final class WovenTurns {
  /** The property that says whether the turns run on a virtual thread. */
  static final String VIRTUAL = "woven.turns.virtual";

  private static final int TURNS = 3_000;
  private static final int CALLS = 2_000;
  private static final int WARM_UP_TURNS = 500;

  private static final WovenBenchmark CALLED = new WovenBenchmark();

  @SuppressWarnings("unused") // keeps the JIT compiler from leaving the clock reads out
  private static volatile long sink;

  private WovenTurns() {}

  /**
   * Measures in this JVM, and prints what two clock reads take and how much more the calls take.
   */
  public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
    if (!Boolean.getBoolean(VIRTUAL)) {
      measure();
      return;
    }
    Runnable measuring = WovenTurns::measure;
    Thread thread =
        (Thread)
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, measuring);
    thread.join();
  }

  private static void measure() {
    double[] clock = new double[TURNS];
    double[] tool = new double[TURNS];
    double[] adapter = new double[TURNS];
    for (int turn = -WARM_UP_TURNS; turn < TURNS; turn++) {
      long begin = System.nanoTime();
      readClock();
      long afterClock = System.nanoTime();
      callTool();
      long afterTool = System.nanoTime();
      callAdapter();
      long end = System.nanoTime();
      if (turn >= 0) {
        clock[turn] = (afterClock - begin) / (double) CALLS;
        tool[turn] = (afterTool - afterClock) / (double) CALLS - clock[turn];
        adapter[turn] = (end - afterTool) / (double) CALLS - clock[turn];
      }
    }
    System.out.println("clock " + Turns.median(clock));
    System.out.println("tool " + Turns.median(tool));
    System.out.println("adapter " + Turns.median(adapter));
  }

  private static void readClock() {
    long sum = 0;
    for (int i = 0; i < CALLS; i++) {
      sum += CALLED.clock();
    }
    sink = sum;
  }

  private static void callTool() {
    long sum = 0;
    for (int i = 0; i < CALLS; i++) {
      sum += CALLED.tool().length();
    }
    sink = sum;
  }

  private static void callAdapter() {
    long sum = 0;
    for (int i = 0; i < CALLS; i++) {
      sum += CALLED.adapter().length();
    }
    sink = sum;
  }
}
