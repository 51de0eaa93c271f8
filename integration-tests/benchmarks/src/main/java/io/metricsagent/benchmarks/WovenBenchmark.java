package io.metricsagent.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Methods that do next to nothing, run with the agent, which measures one as a tool and one as an
 * adapter, and without.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WovenBenchmark {
  /** A tool of the user's own. */
  public static class Tool {
    /** Runs it. */
    public String run(String argument) {
      return argument;
    }
  }

  /** An adapter of the user's own. */
  public static class Adapter {
    /** Asks the model. */
    public String ask(String prompt) {
      return prompt;
    }
  }

  private final Tool tool = new Tool();
  private final Adapter adapter = new Adapter();
  private String argument = "argument";

  @Benchmark
  public String tool() {
    return tool.run(argument);
  }

  @Benchmark
  public String adapter() {
    return adapter.ask(argument);
  }

  /** What each of the calls pays for the clock: the agent reads it when a call begins and ends. */
  @Benchmark
  public long clock() {
    long start = System.nanoTime();
    return System.nanoTime() - start;
  }
}
