package io.metricsagent.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A method that does next to nothing, run with the agent, which measures it as a tool, and without.
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

  private final Tool tool = new Tool();
  private String argument = "argument";

  @Benchmark
  public String call() {
    return tool.run(argument);
  }
}
