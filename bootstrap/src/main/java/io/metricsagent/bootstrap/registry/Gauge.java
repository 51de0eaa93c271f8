package io.metricsagent.bootstrap.registry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A value that rises and falls. It may be unknown, and is so at first. Thread-safe and lock-free.
 */
public final class Gauge {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final AtomicLong value = new AtomicLong(UNKNOWN);

  /** Sets the value. */
  public void set(long newValue) {
    value.set(newValue);
  }

  /** Adds {@code delta}; an unknown value counts as 0. */
  public void inc(long delta) {
    long seen = value.get();
    while (!value.compareAndSet(seen, (seen == UNKNOWN ? 0 : seen) + delta)) {
      seen = value.get();
    }
  }

  /** Subtracts {@code delta}; an unknown value counts as 0. */
  public void dec(long delta) {
    inc(-delta);
  }

  /** Makes the value unknown. */
  public void clear() {
    value.set(UNKNOWN);
  }

  /** Makes the value unknown and returns the previous one, or {@code null}, in one atomic step. */
  public Long take() {
    return known(value.getAndSet(UNKNOWN));
  }

  /** Returns the value, or {@code null} when it is not known. */
  public Long value() {
    return known(value.get());
  }

  private static Long known(long seen) {
    return seen == UNKNOWN ? null : Long.valueOf(seen);
  }
}
