package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the receiver of log records, and what the user has been told of it: each kind of
 * trouble once, until a request succeeds. Guarded by the lock of its owner.
 */
final class ReceiverHealth {
  /**
   * How long no request is made after all attempts for a batch have failed, unless the receiver
   * asks us to wait longer.
   */
  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long the sink waits at most, whatever the receiver asks for. */
  static final long MAX_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private boolean failing;
  private boolean silent;
  private boolean refusalTold;
  private long failedNanos;
  private long pauseNanos;
  private int fruitlessSplits;

  /** Returns whether the last request has failed. */
  boolean isFailing() {
    return failing;
  }

  /** Returns whether the receiver is left alone at a time of the clock of the retries. */
  boolean isPausing(long nanoTime) {
    return failing && nanoTime - failedNanos < pauseNanos;
  }

  /** A request has succeeded. */
  void works() {
    pauseNanos = 0;
    if (failing) {
      failing = false;
      AgentLog.info("exporting records of sessions works now");
    }
  }

  /** A request was not taken, and may be repeated after a pause. */
  void failed(ExportException failure, long nanoTime) {
    tell(failure);
    failedNanos = nanoTime;
    pauseNanos = Math.min(MAX_PAUSE_NANOS, Math.max(PAUSE_NANOS, failure.retryAfterNanos()));
  }

  /** A request was taken, and some of its records were rejected. */
  void rejected(ExportException failure) {
    tell(failure);
    pauseNanos = 0;
  }

  private void tell(ExportException failure) {
    if (!failing && !silent) {
      AgentLog.log(AgentLog.Level.WARN, failure.getMessage(), failure);
    }
    failing = true;
  }

  /**
   * Returns how many parts of the next batch may be halved: fewer after each one that was halved
   * for nothing, because a receiver may refuse everything.
   */
  int splitsAllowed() {
    return Math.max(0, Halving.MAX_SPLITS - fruitlessSplits);
  }

  /**
   * A batch has been sent, or a part of it before a request failed; tells in one message what the
   * receiver refuses, and why.
   */
  void answered(Halving batch) {
    boolean useless = batch.isDroppedWhole();
    if (useless) {
      fruitlessSplits += batch.splits();
    } else if (batch.taken() > 0) {
      fruitlessSplits = 0;
    }
    ExportException reason = batch.reason();
    if (reason == null) {
      return;
    }
    if (!silent && !(refusalTold && (!useless || failing))) {
      String what = reason.isInvalid() ? "; " + batch.describe() : "";
      AgentLog.log(AgentLog.Level.WARN, reason.getMessage() + what, reason);
    }
    refusalTold = true;
    if (useless) {
      failing = true;
      pauseNanos = 0;
    }
  }

  /** Tells why records are dropped. */
  void tellLoss(String why) {
    if (!silent) {
      AgentLog.warn("log records of sessions are dropped: " + why);
    }
  }

  /** Tells nothing more: the JVM ends. */
  void silence() {
    silent = true;
  }
}
