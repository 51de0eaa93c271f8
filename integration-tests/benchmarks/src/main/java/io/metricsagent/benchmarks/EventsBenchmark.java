package io.metricsagent.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Methods that do next to nothing and that the agent measures as a tool and as an adapter, without
 * and with consumers of their events.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventsBenchmark {
  /** A tool of the user's own. */
  public static class Tool {
    /** Runs it. */
    public String run(String argument) {
      return argument;
    }
  }

  /** A client of the user's own. */
  public static class Client {
    /** Asks a model. */
    public String complete(String prompt) {
      return prompt;
    }
  }

  private final Tool tool = new Tool();
  private final Client client = new Client();
  private String argument = "argument";

  @Benchmark
  public String tool() {
    return tool.run(argument);
  }

  @Benchmark
  public String adapter() {
    return client.complete(argument);
  }
}
