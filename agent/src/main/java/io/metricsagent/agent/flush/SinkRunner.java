package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Runs one sink: one export at a time, and few words about failures. The first failure is logged,
 * then one reminder in {@value #REMINDER_MINUTES} minutes while it lasts, and a line when it is
 * over. Used by the flush thread alone, but for the outcome of an export, which may come on any
 * thread.
 */
final class SinkRunner {
  private static final long REMINDER_MINUTES = 10;
  private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(REMINDER_MINUTES);

  private final MetricsSink sink;
  private final LongSupplier nanoTime;
  private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
  private int failures;
  private long lastWordNanos;

  SinkRunner(MetricsSink sink, LongSupplier nanoTime) {
    this.sink = sink;
    this.nanoTime = nanoTime;
  }

  /** Exports, unless the last export is still under way. */
  void export(MetricsSnapshot snapshot) {
    if (!underWay.isDone()) {
      AgentLog.debug(sink.name() + " has not finished its last export; this one is left out", null);
      return;
    }
    try {
      underWay = sink.export(snapshot).toCompletableFuture();
    } catch (Exception | LinkageError e) {
      underWay = CompletableFuture.failedFuture(e);
    }
    underWay.whenComplete((done, failure) -> report(failure));
  }

  /** Waits for the export under way. */
  void await(long deadlineNanos) throws InterruptedException {
    try {
      underWay.get(Math.max(0, deadlineNanos - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      AgentLog.debug(sink.name() + ": " + e.getMessage(), null); // reported when it happened
    } catch (TimeoutException e) {
      AgentLog.warn(sink.name() + " did not finish its last export before the JVM ended");
    }
  }

  void close() {
    try {
      sink.close();
    } catch (RuntimeException | LinkageError e) {
      AgentLog.log(AgentLog.Level.DEBUG, sink.name() + " did not close: " + e, e);
    }
  }

  private synchronized void report(Throwable failure) {
    long now = nanoTime.getAsLong();
    if (failure == null) {
      if (failures > 0) {
        AgentLog.info(
            "exporting to " + sink.name() + " works again after " + failures + " failures");
      }
      failures = 0;
      return;
    }
    failures++;
    String message = message(failure);
    if (failures == 1) {
      AgentLog.log(
          AgentLog.Level.WARN,
          "exporting to "
              + sink.name()
              + " failed: "
              + message
              + "; it is tried again at every flush",
          failure);
      lastWordNanos = now;
    } else if (now - lastWordNanos >= REMINDER_NANOS) {
      AgentLog.warn(
          "exporting to " + sink.name() + " still fails, " + failures + " times now: " + message);
      lastWordNanos = now;
    }
  }

  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
