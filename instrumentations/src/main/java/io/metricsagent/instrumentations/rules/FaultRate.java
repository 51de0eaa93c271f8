package io.metricsagent.instrumentations.rules;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Switches something off that fails {@value #MAX_FAULTS} times within a minute, and on again after
 * {@link #OFF}.
 *
 * <p>A rate, because some faults in the life of a JVM are no reason to lose its figures. Not for
 * good, because the reason may pass, such as the state of one deployment; what fails for ever costs
 * {@value #MAX_FAULTS} exceptions in ten minutes. Thread-safe and lock-free; while nothing fails,
 * {@link #isOff} is one read of a field.
 */
final class FaultRate {
  static final int MAX_FAULTS = 16;
  static final Duration OFF = Duration.ofMinutes(10);

  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long OFF_NANOS = OFF.toNanos();

  /** The JDK's clock; no lambda, because it may be made while the application starts. */
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

  /** Makes one with a clock of nanoseconds. */
  FaultRate(LongSupplier clock) {
    this.clock = clock;
  }

  /** Counts a fault. */
  void failed() {
    long now = clock.getAsLong();
    long earlier = faults.getAndIncrement();
    times.set((int) (earlier % MAX_FAULTS), now);
    long first = times.get((int) ((earlier + 1) % MAX_FAULTS)); // of the last MAX_FAULTS
    if (earlier >= MAX_FAULTS - 1 && now - first <= WINDOW_NANOS && !off) {
      offSinceNanos = now;
      off = true;
      wentOff.set(true);
    }
  }

  /** Returns whether it is switched off at the moment. */
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

  /** Returns whether it was switched off since this was asked last. */
  boolean wentOff() {
    return wentOff.getAndSet(false);
  }
}
