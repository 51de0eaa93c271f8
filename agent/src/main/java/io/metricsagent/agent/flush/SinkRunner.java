package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.HurriedSink;
import java.math.BigDecimal;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Runs one sink, with one export at a time and few log lines about failures. Whatever a sink throws
 * counts as a failed export. Used by the flush thread alone, except that an export may complete on
 * any thread.
 */
final class SinkRunner {
  /**
   * How long the end of the JVM waits for a receiver that worked at the last flush or was never
   * used.
   */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /**
   * How long it waits for a receiver that was dead at the last flush: long enough for one attempt
   * on this machine or in this network, in case the receiver works again.
   */
  static final long PATIENCE_WITH_DEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /**
   * After this time an export that was not answered hangs: OTLP gives up by itself then. A first
   * export on a busy machine may well take some seconds, as it loads what the exporter consists of.
   */
  static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int NANO_DIGITS = 9;

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
    try {
      outcome.whenComplete(
          (done, failure) -> {
            if (failure == null) {
              log.succeeded();
            } else {
              log.failed(failure);
            }
          });
    } catch (Throwable e) { // of a failure that cannot even say what it is
      log.failed(e);
    }
    return outcome;
  }

  /** Returns whether the last export has failed, or is still unanswered. */
  private boolean isDead() {
    return underWay.isDone()
        ? underWay.isCompletedExceptionally()
        : log.failedLast() || nanoTime.getAsLong() - begunNanos >= HANGING_NANOS;
  }

  /** Returns how long the end of the JVM may wait for this sink. */
  long patienceNanos() {
    return isDead() ? PATIENCE_WITH_DEAD_NANOS : PATIENCE_NANOS;
  }

  /** Returns a time in words, such as {@code 3 s} or {@code 0.3 s}. */
  static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString() + " s";
  }

  /** Tells the sink to make no more retries. */
  void hurry() {
    if (sink instanceof HurriedSink hurried) {
      hurried.hurry();
    }
  }

  /**
   * Starts the last export as soon as the export under way has ended, unless the sink has exported
   * everything already. Does not wait.
   */
  void exportLast(MetricsSnapshot last) {
    CompletableFuture<?> before = underWay;
    if (before.isDone()) {
      if (before.isCompletedExceptionally() || !hasAll(last)) {
        underWay = begin(last);
      }
      return;
    }
    try {
      underWay =
          before
              .<CompletableFuture<?>>handle(
                  (done, failure) -> failure == null && hasAll(last) ? before : begin(last))
              .thenCompose(stage -> stage);
    } catch (Throwable e) {
      log.failed(e);
    }
  }

  private boolean hasAll(MetricsSnapshot last) {
    return given != null && last.hasSameFigures(given);
  }

  /**
   * Waits for the export under way. If it is not done by the deadline, its outcome is not logged.
   *
   * @param deadlineNanos on the clock of this runner
   * @return whether it is done; otherwise one line was logged
   */
  boolean await(long deadlineNanos) {
    while (true) {
      try {
        underWay.get(Math.max(0, deadlineNanos - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        return true;
      } catch (ExecutionException | CancellationException e) {
        return true; // the failure was logged when it happened
      } catch (TimeoutException e) {
        log.silence();
        AgentLog.warn(
            sink.name()
                + " did not finish its last export within "
                + seconds(patienceNanos())
                + "; the newest figures may be missing");
        return false;
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
