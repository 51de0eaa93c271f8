package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.HurriedSink;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Runs one sink: one export at a time, and few words about failures. Whatever a sink throws is the
 * outcome of its export. Used by the flush thread alone, but for the outcome of an export, which
 * may come on any thread.
 */
final class SinkRunner {
  /** How long the end of the JVM waits for a receiver that worked so far or was never asked. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /**
   * … and for one that was dead at the last flush: enough for one attempt on this machine or in
   * this network, in case it is back.
   */
  static final long PATIENCE_WITH_DEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /**
   * After this time an export that was not answered hangs: OTLP gives up by itself then. A first
   * export on a busy machine may well take some seconds, as it loads what the exporter consists of.
   */
  static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final MetricsSink sink;
  private final LongSupplier nanoTime;
  private final FailureLog log;
  private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
  private long begunNanos;
  private MetricsSnapshot given;

  SinkRunner(MetricsSink sink, LongSupplier nanoTime) {
    this.sink = sink;
    this.nanoTime = nanoTime;
    log = new FailureLog("exporting to " + sink.name(), nanoTime);
  }

  /** Exports, unless the last export is still under way. */
  void export(MetricsSnapshot snapshot) {
    if (underWay.isDone()) {
      underWay = begin(snapshot);
    } else {
      AgentLog.debug(sink.name() + " has not finished its last export; this one is left out", null);
    }
  }

  private CompletableFuture<?> begin(MetricsSnapshot snapshot) {
    begunNanos = nanoTime.getAsLong();
    given = snapshot;
    CompletableFuture<?> outcome;
    try {
      outcome = sink.export(snapshot).toCompletableFuture();
    } catch (Throwable e) {
      outcome = CompletableFuture.failedFuture(e);
    }
    outcome.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            log.succeeded();
          } else {
            log.failed(failure);
          }
        });
    return outcome;
  }

  /** Returns whether the receiver did not take the last flush, or has left it unanswered. */
  private boolean isDead() {
    return underWay.isDone()
        ? underWay.isCompletedExceptionally()
        : log.failedLast() || nanoTime.getAsLong() - begunNanos >= HANGING_NANOS;
  }

  /** Returns how long the end of the JVM may wait for this sink. */
  long patienceNanos() {
    return isDead() ? PATIENCE_WITH_DEAD_NANOS : PATIENCE_NANOS;
  }

  /** Asks for no retries any more. */
  void hurry() {
    if (sink instanceof HurriedSink hurried) {
      hurried.hurry();
    }
  }

  /**
   * Exports for the last time, once the export under way has ended, unless the sink has all that
   * was recorded. Waits for nothing.
   */
  void exportLast(MetricsSnapshot last) {
    CompletableFuture<?> before = underWay;
    if (before.isDone()) {
      if (before.isCompletedExceptionally() || !hasAll(last)) {
        underWay = begin(last);
      }
      return;
    }
    underWay =
        before
            .<CompletableFuture<?>>handle(
                (done, failure) -> failure == null && hasAll(last) ? before : begin(last))
            .thenCompose(stage -> stage);
  }

  private boolean hasAll(MetricsSnapshot last) {
    return given != null && last.hasSameSeries(given);
  }

  /**
   * Waits for the export under way. One that is given up says nothing any more.
   *
   * @param deadlineNanos on the clock of this runner
   */
  void await(long deadlineNanos) {
    while (true) {
      try {
        underWay.get(Math.max(0, deadlineNanos - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        return;
      } catch (ExecutionException | CancellationException e) {
        return; // reported when it happened
      } catch (TimeoutException e) {
        log.silence();
        AgentLog.warn(sink.name() + " did not finish its last export before the JVM ended");
        return;
      } catch (InterruptedException e) {
        AgentLog.debug("an interrupt does not end the last export", null);
      }
    }
  }

  void close() {
    log.silence();
    try {
      sink.close();
    } catch (Throwable e) {
      AgentLog.debug(sink.name() + " did not close: " + e, e);
    }
  }
}
