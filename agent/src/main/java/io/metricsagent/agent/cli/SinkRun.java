package io.metricsagent.agent.cli;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Exports one snapshot to every sink, waits for the answers, and closes the sinks. */
final class SinkRun {
  private final Duration limit;
  private final PrintWriter err;
  private final List<String> exported = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  /**
   * Makes a run.
   *
   * @param limit how long to wait for the answers of all sinks together
   */
  SinkRun(Duration limit, PrintWriter err) {
    this.limit = limit;
    this.err = err;
  }

  /** Returns the names of the sinks whose receiver has the data. */
  List<String> exported() {
    return exported;
  }

  /** Returns the names of the sinks whose export failed. */
  List<String> failed() {
    return failed;
  }

  /**
   * Exports a snapshot.
   *
   * @param asked the names of the sinks that must be in {@code sinks}; a missing one has failed,
   *     and the reason was logged when it could not be made
   */
  void export(List<MetricsSink> sinks, List<String> asked, MetricsSnapshot snapshot) {
    failed.addAll(asked);
    sinks.forEach(sink -> failed.remove(sink.name()));
    // All exports begin before the first one is waited for, so that a slow sink does not delay the
    // others.
    Map<MetricsSink, CompletionStage<?>> answers = new LinkedHashMap<>();
    for (MetricsSink sink : sinks) {
      answers.put(sink, start(sink, snapshot));
    }
    long deadline = System.nanoTime() + limit.toNanos();
    answers.forEach((sink, answer) -> await(sink, answer, deadline));
    for (MetricsSink sink : sinks) {
      close(sink);
    }
  }

  private static CompletionStage<?> start(MetricsSink sink, MetricsSnapshot snapshot) {
    try {
      return sink.export(snapshot);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void await(MetricsSink sink, CompletionStage<?> answer, long deadline) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      answer.toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
      exported.add(sink.name());
    } catch (ExecutionException e) {
      fail(sink, describe(e.getCause()));
    } catch (TimeoutException e) {
      fail(sink, "no answer within " + limit.toMillis() / 1000.0 + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(sink, "interrupted");
    } catch (RuntimeException e) {
      fail(sink, describe(e));
    }
  }

  private void fail(MetricsSink sink, String reason) {
    failed.add(sink.name());
    err.println(AgentLog.printable("export to " + sink.name() + " failed: " + reason));
  }

  private void close(MetricsSink sink) {
    try {
      sink.close();
    } catch (RuntimeException e) {
      err.println(AgentLog.printable("closing " + sink.name() + " failed: " + describe(e)));
    }
  }

  private static String describe(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }
}
