package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A latency distribution in the layout of {@link HistogramLayout}.
 *
 * <p><b>Assumptions:</b> many writers; readers are rare and serialised by the registry's snapshot
 * lock.
 *
 * <p><b>Invariants:</b> cells only grow, except that a reader moves counts to {@code spill} and
 * that {@code clearExtremes} forgets extremes; nothing is ever subtracted to reset, so no value can
 * be lost to a reset. The bucket count is the last thing a writer touches and the first thing a
 * reader reads: a value that is counted is complete, and the number of values is the sum of the
 * buckets, by construction. The sum may be ahead of the counts by values that are being recorded at
 * that moment; {@link LiveSeries#readSettled} looks for a moment without any.
 *
 * <p><b>Progress:</b> writers are lock-free. They allocate only when a value opens a new octave (48
 * bytes) or at the first contention, when stripes are added after failed CAS operations, as {@link
 * java.util.concurrent.atomic.LongAdder} does.
 *
 * <p>Values are nanoseconds, of which one alone may be up to 2^63 - 1 (292 years). Other units
 * scale so that one of them is a millisecond: {@link #recordUnits}.
 */
public final class Histogram {
  private static final VarHandle STRIPES;
  private static final VarHandle STRIPE =
      MethodHandles.arrayElementVarHandle(HistogramCells[].class);

  static {
    try {
      STRIPES =
          MethodHandles.lookup().findVarHandle(Histogram.class, "stripes", HistogramCells[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final HistogramCells base = new HistogramCells();
  private volatile HistogramCells[] stripes;

  /** Counts taken out of 32-bit cells before they wrap; under the snapshot lock. */
  private long[] spill;

  /**
   * Records one value.
   *
   * @param nanos the value in nanoseconds; a negative one (a clock that stepped back) counts as 0
   */
  public void record(long nanos) {
    long value = Math.max(0, nanos);
    int index = HistogramLayout.index(value);
    HistogramCells[] current = stripes;
    if (current == null) {
      if (base.tryAddToSum(value)) {
        base.count(index, value);
      } else {
        recordContended(index, value);
      }
    } else {
      HistogramCells cells = stripe(current);
      cells.addToSum(value);
      cells.count(index, value);
    }
  }

  /**
   * Records a number of whole units, such as tokens, one of which takes the place of a millisecond.
   *
   * @param units a negative number counts as 0, and one above 9.2 * 10^12 as that
   */
  public void recordUnits(long units) {
    record(
        Math.min(Math.max(0, units), Long.MAX_VALUE / HistogramLayout.NANOS_PER_MILLI)
            * HistogramLayout.NANOS_PER_MILLI);
  }

  private void recordContended(int index, long value) {
    for (int attempt = 0; attempt < 3; attempt++) {
      Thread.onSpinWait();
      if (base.tryAddToSum(value)) {
        base.count(index, value);
        return;
      }
    }
    STRIPES.compareAndSet(this, null, new HistogramCells[Stripe.MAX]);
    HistogramCells cells = stripe(stripes);
    cells.addToSum(value);
    cells.count(index, value);
  }

  private static HistogramCells stripe(HistogramCells[] stripes) {
    int slot = Stripe.slot(stripes.length);
    HistogramCells cells = (HistogramCells) STRIPE.getAcquire(stripes, slot);
    if (cells != null) {
      return cells;
    }
    HistogramCells created = new HistogramCells();
    HistogramCells winner =
        (HistogramCells) STRIPE.compareAndExchange(stripes, slot, null, created);
    return winner == null ? created : winner;
  }

  /**
   * Returns the number of values recorded since the start of the JVM; the caller holds the snapshot
   * lock.
   */
  long total() {
    long total = base.total();
    HistogramCells[] current = stripes;
    if (current != null) {
      for (int i = 0; i < current.length; i++) {
        HistogramCells cells = (HistogramCells) STRIPE.getAcquire(current, i);
        total += cells == null ? 0 : cells.total();
      }
    }
    if (spill != null) {
      for (long count : spill) {
        total += count;
      }
    }
    return total;
  }

  /**
   * Returns all that was recorded since the start of the JVM; the caller holds the snapshot lock.
   */
  HistogramSnapshot read() {
    long[] counts = new long[HistogramLayout.BUCKETS];
    spill = base.drainInto(spill);
    base.addTo(counts);
    long sumLow = base.sumLow();
    long sumHigh = base.sumHigh();
    long max = base.max();
    long min = base.min();
    HistogramCells[] current = stripes;
    if (current != null) {
      for (int i = 0; i < current.length; i++) {
        HistogramCells cells = (HistogramCells) STRIPE.getAcquire(current, i);
        if (cells != null) {
          spill = cells.drainInto(spill);
          cells.addTo(counts);
          long added = cells.sumLow();
          sumLow += added;
          sumHigh += cells.sumHigh() + (Long.compareUnsigned(sumLow, added) < 0 ? 1 : 0);
          max = Math.max(max, cells.max());
          min = Math.min(min, cells.min());
        }
      }
    }
    if (spill != null) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += spill[i];
      }
    }
    return HistogramSnapshot.of(counts, sumHigh, sumLow, min, max);
  }

  /**
   * Forgets minimum and maximum, so that they describe what comes after; the caller holds the
   * snapshot lock.
   */
  void clearExtremes() {
    base.clearExtremes();
    HistogramCells[] current = stripes;
    if (current != null) {
      for (int i = 0; i < current.length; i++) {
        HistogramCells cells = (HistogramCells) STRIPE.getAcquire(current, i);
        if (cells != null) {
          cells.clearExtremes();
        }
      }
    }
  }
}
