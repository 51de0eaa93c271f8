package io.metricsagent.bootstrap.registry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A monotonic count.
 *
 * <p><b>Assumptions:</b> many writers, rare readers. <b>Guarantee:</b> {@link #value()} is the sum
 * of all increments that happened before the call, plus some of the concurrent ones. The value
 * never decreases; it stays at {@link Long#MAX_VALUE}, which only a wrong {@code delta} reaches.
 * <b>Progress:</b> writers are lock-free. The first contention spreads the count over stripes that
 * are cache lines apart, as in {@link java.util.concurrent.atomic.LongAdder}; otherwise writers
 * allocate nothing.
 *
 * <p>The specification's counter has a name and labels; here the series has them, which keeps
 * counters small.
 */
public final class Counter {
  private static final VarHandle VALUE;
  private static final VarHandle STRIPES;

  /** Longs in a 64-byte cache line, doubled because neighbouring lines are prefetched in pairs. */
  private static final int SPACING = 16;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VALUE = lookup.findVarHandle(Counter.class, "value", long.class);
      STRIPES = lookup.findVarHandle(Counter.class, "stripes", AtomicLongArray.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused") // through VALUE
  private volatile long value;

  private volatile AtomicLongArray stripes;

  /** Adds one. */
  public void inc() {
    inc(1);
  }

  /**
   * Adds {@code delta}.
   *
   * @throws IllegalArgumentException if {@code delta} is negative, since a counter never decreases
   */
  public void inc(long delta) {
    if (delta < 0) {
      throw new IllegalArgumentException("a counter cannot go back: delta " + delta);
    }
    AtomicLongArray current = stripes;
    if (current != null) {
      addToStripe(current, delta);
      return;
    }
    long seen = value;
    if (!VALUE.compareAndSet(this, seen, saturated(seen + delta))) {
      contended(delta);
    }
  }

  private static long saturated(long sum) {
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static void addToStripe(AtomicLongArray stripes, long delta) {
    int slot = Stripe.slot(Stripe.MAX) * SPACING;
    if (stripes.addAndGet(slot, delta) < 0) {
      stripes.set(slot, Long.MAX_VALUE);
    }
  }

  private void contended(long delta) {
    for (int attempt = 0; attempt < 3; attempt++) {
      Thread.onSpinWait();
      long seen = value;
      if (VALUE.compareAndSet(this, seen, saturated(seen + delta))) {
        return;
      }
    }
    AtomicLongArray grown = new AtomicLongArray(Stripe.MAX * SPACING);
    AtomicLongArray current = (AtomicLongArray) STRIPES.compareAndExchange(this, null, grown);
    addToStripe(current == null ? grown : current, delta);
  }

  /** Returns the current count. */
  public long value() {
    long sum = value;
    AtomicLongArray current = stripes;
    if (current != null) {
      for (int i = 0; i < Stripe.MAX; i++) {
        sum = saturated(sum + saturated(current.get(i * SPACING)));
      }
    }
    return sum;
  }
}
