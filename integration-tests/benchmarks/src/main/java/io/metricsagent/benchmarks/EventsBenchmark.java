package io.metricsagent.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Runs with many calls of methods that do next to nothing and that the agent measures as a tool and
 * as an adapter, without and with consumers of their events. The calls are in runs, because it is
 * runs that are sampled. The pause between two runs, which is not measured, lets the agent write
 * the events: an application that made nothing but such calls would only measure how fast they are
 * dropped.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventsBenchmark {
  /** The calls of a run. Their events, two for each call, fit the agent's queue. */
  static final int CALLS = 1000;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

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

  /** A run of the user's own. */
  public static class Job {
    /** Calls a tool many times. */
    public String callTools(Tool tool, String argument) {
      String result = argument;
      for (int i = 0; i < CALLS; i++) {
        result = tool.run(result);
      }
      return result;
    }

    /** Asks a model many times. */
    public String askModels(Client client, String prompt) {
      String result = prompt;
      for (int i = 0; i < CALLS; i++) {
        result = client.complete(result);
      }
      return result;
    }
  }

  private final Tool tool = new Tool();
  private final Client client = new Client();
  private final Job job = new Job();
  private String argument = "argument";

  @TearDown(Level.Invocation)
  public void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public String tool() {
    return job.callTools(tool, argument);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public String adapter() {
    return job.askModels(client, argument);
  }
}
