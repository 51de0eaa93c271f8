package io.metricsagent.instrumentations.rules;

import java.util.concurrent.TimeUnit;

/**
 * Switches a rule's handler off after {@value #MAX_FAULTS} faults within a minute, and on again
 * after {@value #OFF_MINUTES} minutes.
 *
 * <p>The class counts a rate, because a few faults in the life of a JVM are no reason to lose its
 * figures. The switch-off ends by itself, because the cause may pass, such as the state of one
 * deployment. A handler that always fails throws {@value #MAX_FAULTS} exceptions in ten minutes.
 * Thread-safe. Only a fault takes a lock; while the handler is on, {@link #isOff} is one read of a
 * field. A fault allocates nothing, because it may be that the memory is exhausted. The class uses
 * no atomic variables, whose classes would be initialised while the application starts.
 */
class FaultRate {
  static final int MAX_FAULTS = 16;
  static final int OFF_MINUTES = 10;

  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long OFF_NANOS = TimeUnit.MINUTES.toNanos(OFF_MINUTES);

  /** The times of the last faults, in a ring, in nanoseconds. */
  private final long[] times = new long[MAX_FAULTS];

  private long faults;
  private boolean wentOff;
  private volatile boolean off;
  private volatile long offSinceNanos;

  /** Returns the time in nanoseconds, as {@link System#nanoTime}; a test has its own. */
  long nanoTime() {
    return System.nanoTime();
  }

  /** Counts a fault. */
  synchronized void failed() {
    long now = nanoTime();
    times[(int) (faults++ % MAX_FAULTS)] = now;
    long first = times[(int) (faults % MAX_FAULTS)]; // the oldest that is kept
    if (faults >= MAX_FAULTS && now - first <= WINDOW_NANOS && !off) {
      offSinceNanos = now;
      off = true;
      wentOff = true;
    }
  }

  /** Returns whether the handler is off now. */
  final boolean isOff() {
    return off && !goesOnAgain();
  }

  private boolean goesOnAgain() {
    if (nanoTime() - offSinceNanos < OFF_NANOS) {
      return false;
    }
    off = false;
    return true;
  }

  /** Returns whether the handler was switched off since the last call of this method. */
  synchronized boolean wentOff() {
    boolean told = wentOff;
    wentOff = false;
    return told;
  }
}
