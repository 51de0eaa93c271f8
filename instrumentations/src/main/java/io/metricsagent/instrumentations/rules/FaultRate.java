package io.metricsagent.instrumentations.rules;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Switches a rule's handler off after {@value #MAX_FAULTS} faults within a minute, and on again
 * after {@link #OFF}.
 *
 * <p>The class counts a rate, because a few faults in the life of a JVM are no reason to lose its
 * figures. The switch-off ends by itself, because the cause may pass, such as the state of one
 * deployment. A handler that always fails throws {@value #MAX_FAULTS} exceptions in ten minutes.
 * Thread-safe and lock-free; while the handler is on, {@link #isOff} is one read of a field.
 */
final class FaultRate {
  static final int MAX_FAULTS = 16;
  static final Duration OFF = Duration.ofMinutes(10);

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long OFF_NANOS = OFF.toNanos();

  /**
   * The JDK's clock; a named class and no lambda, because it may be loaded while the application
   * starts.
   */
  private static final class NanoTime implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  }

  private final LongSupplier clock;

  /** The times of the last faults, in a ring, in nanoseconds. */
  private final AtomicLongArray times = new AtomicLongArray(MAX_FAULTS);

  private final AtomicLong faults = new AtomicLong();
  private final AtomicBoolean wentOff = new AtomicBoolean();
  private volatile boolean off;
  private volatile long offSinceNanos;

  FaultRate() {
    this(new NanoTime());
  }

  /** Makes a rate that reads the time, in nanoseconds, from {@code clock}. */
  FaultRate(LongSupplier clock) {
    this.clock = clock;
  }

  /** Counts a fault. */
  void failed() {
    long now = clock.getAsLong();
    long earlier = faults.getAndIncrement();
    times.set((int) (earlier % MAX_FAULTS), now);
    long first = times.get((int) ((earlier + 1) % MAX_FAULTS)); // the oldest that is kept
    if (earlier >= MAX_FAULTS - 1 && now - first <= WINDOW_NANOS && !off) {
      offSinceNanos = now;
      off = true;
      wentOff.set(true);
    }
  }

  /** Returns whether the handler is off now. */
  boolean isOff() {
    return off && !goesOnAgain();
  }

  private boolean goesOnAgain() {
    if (clock.getAsLong() - offSinceNanos < OFF_NANOS) {
      return false;
    }
    off = false;
    return true;
  }

  /** Returns whether the handler was switched off since the last call of this method. */
  boolean wentOff() {
    return wentOff.getAndSet(false);
  }
}
