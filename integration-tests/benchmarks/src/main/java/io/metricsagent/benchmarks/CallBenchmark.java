package io.metricsagent.benchmarks;

import io.metricsagent.bootstrap.registry.AdapterMetrics;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Whole operations, as the agent records them: each looks up the series by its key and updates all
 * counters. All threads share the series.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {
  private static final int BATCH = 500;

  private final Registry registry = Registries.empty();

  /** The cost of timing a call, with any library. */
  @Benchmark
  public long twoClockReads() {
    long start = System.nanoTime();
    return System.nanoTime() - start;
  }

  /** Reads the clock twice and records the real latency. */
  @Benchmark
  public void timedToolCall() {
    long start = System.nanoTime();
    registry.tool("read_file").recordSuccess(System.nanoTime() - start);
  }

  @Benchmark
  public void toolCall(Latencies latencies) {
    registry.tool("read_file").recordSuccess(latencies.next());
  }

  @Benchmark
  public void failedToolCall(Latencies latencies) {
    registry.tool("read_file").recordFailure(latencies.next(), "timeout");
  }

  /** Five phases (render, call, parse, tool, total) and three kinds of tokens. */
  @Benchmark
  public void adapterCall(Latencies latencies) {
    long call = latencies.next();
    registry
        .adapter("openai", "gpt-4o-mini", "chat")
        .record(
            call >> 6,
            call,
            call >> 7,
            call >> 2,
            AdapterMetrics.UNKNOWN,
            call + (call >> 2),
            call & 4095,
            call & 511,
            call & 255,
            null);
  }

  /** A batch as a Kafka client returns it: delivery count and age of each message. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void messageOfBatch(Latencies latencies) {
    MailboxMetrics mailbox = registry.mailbox("requests", "kafka");
    for (int i = 0; i < BATCH; i++) {
      mailbox.recordReceived(1, latencies.next());
    }
  }
}
