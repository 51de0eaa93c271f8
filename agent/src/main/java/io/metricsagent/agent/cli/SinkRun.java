package io.metricsagent.agent.cli;

import io.metricsagent.agent.wandb.Sleeper;
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

/**
 * Exports one snapshot to every sink, waits for the answers, and closes the sinks. A sink that
 * fails may get further attempts.
 */
final class SinkRun {
  private final Duration limit;
  private final PrintWriter err;
  private final List<Duration> pauses;
  private final Sleeper sleeper;
  private final List<String> exported = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  /**
   * Makes a run.
   *
   * @param limit how long to wait for the answers of all sinks together
   */
  SinkRun(Duration limit, PrintWriter err) {
    this(limit, err, List.of(), pause -> {});
  }

  /**
   * Makes a run with further attempts for sinks that fail.
   *
   * @param pauses how long to wait before the second attempt, the third, and so on
   */
  SinkRun(Duration limit, PrintWriter err, List<Duration> pauses, Sleeper sleeper) {
    this.limit = limit;
    this.err = err;
    this.pauses = pauses;
    this.sleeper = sleeper;
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
    Map<MetricsSink, String> failures = attempt(sinks, snapshot);
    for (Duration pause : pauses) {
      if (failures.isEmpty() || !slept(pause)) {
        break;
      }
      failures = attempt(List.copyOf(failures.keySet()), snapshot);
    }
    failures.forEach(this::fail);
    for (MetricsSink sink : sinks) {
      close(sink);
    }
  }

  private boolean slept(Duration pause) {
    try {
      sleeper.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns the sinks that failed, with the reasons. */
  private Map<MetricsSink, String> attempt(List<MetricsSink> sinks, MetricsSnapshot snapshot) {
    // All exports begin before the first one is waited for, so that a slow sink does not delay the
    // others.
    Map<MetricsSink, CompletionStage<?>> answers = new LinkedHashMap<>();
    for (MetricsSink sink : sinks) {
      answers.put(sink, start(sink, snapshot));
    }
    long deadline = System.nanoTime() + limit.toNanos();
    Map<MetricsSink, String> failures = new LinkedHashMap<>();
    answers.forEach(
        (sink, answer) -> {
          String failure = failure(answer, deadline);
          if (failure == null) {
            exported.add(sink.name());
          } else {
            failures.put(sink, failure);
          }
        });
    return failures;
  }

  private static CompletionStage<?> start(MetricsSink sink, MetricsSnapshot snapshot) {
    try {
      return sink.export(snapshot);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Waits for an answer, and returns why the export failed, or {@code null} after a success. */
  private String failure(CompletionStage<?> answer, long deadline) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      answer.toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
      return null;
    } catch (ExecutionException e) {
      return describe(e.getCause());
    } catch (TimeoutException e) {
      return "no answer within " + limit.toMillis() / 1000.0 + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (RuntimeException e) {
      return describe(e);
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
