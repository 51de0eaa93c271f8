package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Logs the failures of something that is attempted again and again, without flooding the log: the
 * first failure, then a reminder every {@value #REMINDER_MINUTES} minutes while attempts fail, and
 * a line when one succeeds. Never throws, whatever state the JVM is in. Thread-safe.
 */
final class FailureLog {
  private static final long REMINDER_MINUTES = 10;
  private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(REMINDER_MINUTES);

  private final String what;
  private final LongSupplier nanoTime;
  private int failures;
  private long lastWordNanos;
  private boolean said;
  private boolean silent;

  /**
   * Makes a log.
   *
   * @param what what is attempted, as in "exporting to otlp"
   */
  FailureLog(String what, LongSupplier nanoTime) {
    this.what = what;
    this.nanoTime = nanoTime;
  }

  /** Returns whether the last attempt failed. */
  synchronized boolean failedLast() {
    return failures > 0;
  }

  /** Logs nothing any more, because the end of the JVM interrupts what is under way. */
  synchronized void silence() {
    silent = true;
  }

  synchronized void succeeded() {
    try {
      if (failures > 0 && !silent) {
        AgentLog.info(what + " works now, after " + failures + " failures");
      }
    } catch (Throwable ignored) {
      // No memory is left for the message. The attempt has succeeded all the same.
    }
    failures = 0;
    said = false;
  }

  synchronized void failed(Throwable failure) {
    failures++;
    try {
      if (!silent) {
        say(failure);
      }
    } catch (Throwable ignored) {
      // No memory is left for the message, or the failure's toString() failed. The next failure is
      // logged instead.
    }
  }

  private void say(Throwable failure) {
    long now = nanoTime.getAsLong();
    if (!said) {
      AgentLog.log(
          AgentLog.Level.WARN,
          what + " failed: " + message(failure) + "; it is tried again at every flush",
          failure);
      said = true;
      lastWordNanos = now;
    } else if (now - lastWordNanos >= REMINDER_NANOS) {
      AgentLog.warn(what + " still fails, " + failures + " times now: " + message(failure));
      lastWordNanos = now;
    }
  }

  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return cause instanceof Exception && cause.getMessage() != null
        ? cause.getMessage()
        : cause.toString();
  }
}
