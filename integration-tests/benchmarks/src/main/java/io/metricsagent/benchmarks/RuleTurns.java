package io.metricsagent.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls by a rule of the user's and by a built-in rule in turns of some milliseconds, within one
 * JVM. Processor time of the thread.
 */
final class RuleTurns {
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
    System.out.println(name + " " + Turns.median(more));
  }

  /** Returns nanoseconds a call. */
  private static double turn(Supplier<Object> call) {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < CALLS; i++) {
      sink = call.get();
    }
    return (THREADS.getCurrentThreadCpuTime() - before) / (double) CALLS;
  }

  /** Returns, for each kind of call, how many nanoseconds more it took in each of several JVMs. */
  static Map<String, double[]> inSeveralJvms() {
    return Turns.inSeveralJvms(Turns.ownJava(), List.of(), RuleTurns.class);
  }
}
