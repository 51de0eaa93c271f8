package io.metricsagent.bootstrap.registry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One stripe of a {@link Histogram}: sum, extremes, and bucket counts in pages of one octave that
 * exist once a value fell into them.
 *
 * <p>The sum has 96 bits: 2^63 nanoseconds are only 107,000 messages that waited for a day.
 *
 * <p>A bucket is an unsigned 32-bit count. {@link #drainInto} moves what has grown past 2^30 to 64
 * bits, so that a count stays exact as long as a snapshot is taken at least once every 3 billion
 * values of one bucket.
 */
final class HistogramCells {
  private static final VarHandle SUM;
  private static final VarHandle CARRIES;
  private static final VarHandle MAX;
  private static final VarHandle MIN;
  private static final VarHandle PAGE = MethodHandles.arrayElementVarHandle(int[][].class);
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SUM = lookup.findVarHandle(HistogramCells.class, "sum", long.class);
      CARRIES = lookup.findVarHandle(HistogramCells.class, "carries", int.class);
      MAX = lookup.findVarHandle(HistogramCells.class, "max", long.class);
      MIN = lookup.findVarHandle(HistogramCells.class, "min", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The unsigned low half of the sum. */
  @SuppressWarnings("unused") // through SUM
  private volatile long sum;

  /** The high half: how often {@code sum} went past 2^64. */
  @SuppressWarnings("unused") // through CARRIES
  private volatile int carries;

  private volatile long max = Long.MIN_VALUE;
  private volatile long min = Long.MAX_VALUE;
  private final int[][] pages = new int[HistogramLayout.PAGES][];

  /**
   * Adds to the sum unless another thread got in between; the caller takes a failure as contention.
   */
  boolean tryAddToSum(long nanos) {
    long seen = sum;
    if (!SUM.compareAndSet(this, seen, seen + nanos)) {
      return false;
    }
    carry(seen, nanos);
    return true;
  }

  void addToSum(long nanos) {
    carry((long) SUM.getAndAdd(this, nanos), nanos);
  }

  /** The one thread whose value took the sum past 2^64 says so; values are below 2^63. */
  private void carry(long before, long nanos) {
    if (before < 0 && before + nanos >= 0) {
      CARRIES.getAndAdd(this, 1);
    }
  }

  /** Counts a value whose sum is added already. */
  void count(int index, long nanos) {
    long seen = max;
    while (nanos > seen && !MAX.weakCompareAndSet(this, seen, nanos)) {
      seen = max;
    }
    seen = min;
    while (nanos < seen && !MIN.weakCompareAndSet(this, seen, nanos)) {
      seen = min;
    }
    int number = index / HistogramLayout.SUB_BUCKETS;
    int[] page = (int[]) PAGE.getAcquire(pages, number);
    if (page == null) {
      page = newPage(number);
    }
    COUNT.getAndAdd(page, index % HistogramLayout.SUB_BUCKETS, 1);
  }

  private int[] newPage(int number) {
    int[] page = new int[HistogramLayout.SUB_BUCKETS];
    int[] winner = (int[]) PAGE.compareAndExchange(pages, number, null, page);
    return winner == null ? page : winner;
  }

  long sumLow() {
    return sum;
  }

  int sumHigh() {
    return carries;
  }

  long max() {
    return max;
  }

  long min() {
    return min;
  }

  void clearExtremes() {
    max = Long.MIN_VALUE;
    min = Long.MAX_VALUE;
  }

  /** Adds the counts to {@code counts}. */
  void addTo(long[] counts) {
    for (int number = 0; number < pages.length; number++) {
      int[] page = (int[]) PAGE.getAcquire(pages, number);
      if (page != null) {
        for (int i = 0; i < page.length; i++) {
          counts[number * HistogramLayout.SUB_BUCKETS + i] +=
              Integer.toUnsignedLong((int) COUNT.getAcquire(page, i));
        }
      }
    }
  }

  long total() {
    long total = 0;
    for (int number = 0; number < pages.length; number++) {
      int[] page = (int[]) PAGE.getAcquire(pages, number);
      if (page != null) {
        for (int i = 0; i < page.length; i++) {
          total += Integer.toUnsignedLong((int) COUNT.getAcquire(page, i));
        }
      }
    }
    return total;
  }

  /**
   * Moves counts of 2^30 and more into {@code spill}; the caller holds the snapshot lock.
   *
   * @return {@code spill}, or a new array when there was none and one was needed
   */
  long[] drainInto(long[] spill) {
    long[] target = spill;
    for (int number = 0; number < pages.length; number++) {
      int[] page = (int[]) PAGE.getAcquire(pages, number);
      if (page != null) {
        for (int i = 0; i < page.length; i++) {
          int count = (int) COUNT.getAcquire(page, i);
          if (Integer.compareUnsigned(count, 1 << 30) >= 0) {
            if (target == null) {
              target = new long[HistogramLayout.BUCKETS];
            }
            target[number * HistogramLayout.SUB_BUCKETS + i] += Integer.toUnsignedLong(count);
            COUNT.getAndAdd(page, i, -count);
          }
        }
      }
    }
    return target;
  }
}
