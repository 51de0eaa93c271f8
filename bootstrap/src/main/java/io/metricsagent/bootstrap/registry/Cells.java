package io.metricsagent.bootstrap.registry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The recordings of one stripe of a series, as numbered histograms and tallies. Histogram 0, the
 * main one, is this object itself, which saves each recording a memory access.
 *
 * <p><b>Assumptions:</b> a recording is so short that two at the same moment are rare outside of
 * benchmarks. <b>Guarantee:</b> between {@link #tryClaim} and {@link #release} these cells belong
 * to one thread, so a recording costs one atomic operation however many histograms it changes, and
 * a reader sees all of a recording or none of it. <b>Progress:</b> no method here waits for a
 * claim; {@link LiveSeries#claim} tries other cells instead.
 *
 * <p>The other histograms take up memory only once they are used.
 */
class Cells extends Histogram {
  /** Two cache lines of 64 bytes, because neighbouring ones are prefetched in pairs. */
  static final int PADDING_BYTES = 128;

  private static final int FREE = 0;
  private static final int WRITTEN = 1;
  private static final int READ = 2;
  private static final VarHandle CLAIM;

  static {
    try {
      CLAIM = MethodHandles.lookup().findVarHandle(Cells.class, "claim", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final Histogram[] NONE = {};
  private static final long[] NO_TALLIES = {};

  private volatile int claim;

  /** Histograms 1 and up. */
  private Histogram[] others;

  private final long[] tallies;

  private Cells(Histogram[] others, long[] tallies) {
    this.others = others;
    this.tallies = tallies;
  }

  /**
   * Makes cells that no thread has claimed.
   *
   * @param histograms how many histograms there are at first; using a higher number adds more
   * @param tallies how many tallies there are
   */
  Cells(int histograms, int tallies) {
    this(
        histograms == 1 ? NONE : new Histogram[histograms - 1],
        tallies == 0 ? NO_TALLIES : new long[tallies]);
  }

  /** Claims these cells to record into them, if they are free. */
  final boolean tryClaim() {
    return claim == FREE && CLAIM.compareAndSet(this, FREE, WRITTEN);
  }

  /** Claims these cells to read them, if they are free. */
  final boolean tryClaimToRead() {
    return claim == FREE && CLAIM.compareAndSet(this, FREE, READ);
  }

  /** Returns whether a reader has claimed these cells, which it soon releases. */
  final boolean isRead() {
    return claim == READ;
  }

  final void release() {
    CLAIM.setRelease(this, FREE);
  }

  /** Records a time in nanoseconds into a histogram. */
  final void record(int number, long nanos) {
    histogram(number).record(nanos);
  }

  /** Records a time in nanoseconds several times; 0 times or less records nothing. */
  final void record(int number, long nanos, int times) {
    if (times == 1) {
      histogram(number).record(nanos); // one step, and the usual case
    } else {
      histogram(number).record(nanos, times);
    }
  }

  /** Records a time in nanoseconds; a negative one means that it is not known. */
  final void recordKnown(int number, long nanos) {
    if (nanos >= 0) {
      histogram(number).record(nanos);
    }
  }

  /** Records a number of units; a negative one means that it is not known. */
  final void recordKnownUnits(int number, long units) {
    if (units >= 0) {
      histogram(number).recordUnits(units);
    }
  }

  private Histogram histogram(int number) {
    if (number == 0) {
      return this;
    }
    Histogram[] all = others;
    Histogram histogram = number <= all.length ? all[number - 1] : null;
    return histogram == null ? addHistogram(number) : histogram;
  }

  private Histogram addHistogram(int number) {
    Histogram created = newHistogram();
    Histogram[] all = Arrays.copyOf(others, Math.max(number, others.length));
    all[number - 1] = created;
    VarHandle.releaseFence(); // for a reader without a claim
    others = all;
    return created;
  }

  Histogram newHistogram() {
    return new Histogram();
  }

  /** Adds to a tally, which never exceeds {@link Long#MAX_VALUE}. */
  final void add(int number, long delta) {
    tallies[number] = saturatedSum(tallies[number], delta);
  }

  /** Adds two numbers that are not negative; an overflow gives {@link Long#MAX_VALUE}. */
  static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Multiplies two numbers that are not negative; an overflow gives {@link Long#MAX_VALUE}. */
  static long saturatedProduct(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  /** Returns a histogram, or {@code null} when it was never used. */
  final Histogram histogramOrNull(int number) {
    if (number == 0) {
      return this;
    }
    return number <= others.length ? others[number - 1] : null;
  }

  final long tally(int number) {
    return tallies[number];
  }

  /** Returns a copy to read from. */
  final Cells copy() {
    Histogram[] copies = others.clone();
    for (int i = 0; i < copies.length; i++) {
      if (copies[i] != null) {
        Histogram copy = new Histogram();
        copy.copyFrom(copies[i]);
        copies[i] = copy;
      }
    }
    Cells copy = new Cells(copies, tallies.clone());
    copy.copyFrom(this);
    return copy;
  }

  @Override
  void clearExtremes() {
    super.clearExtremes();
    for (Histogram histogram : others) {
      if (histogram != null) {
        histogram.clearExtremes();
      }
    }
  }

  /**
   * Cells of a series that threads compete for. Padding separates them from the next object on the
   * heap by a pair of cache lines, wherever a garbage collector puts them. The class has many
   * fields because they are that padding.
   */
  @SuppressWarnings("unused")
  static final class Padded extends Cells {
    private long p1, p2, p3, p4, p5, p6, p7, p8;
    private long q1, q2, q3, q4, q5, q6, q7, q8;

    Padded(int histograms, int tallies) {
      super(histograms, tallies == 0 ? 0 : tallies + PADDING_BYTES / Long.BYTES);
    }

    @Override
    int spareBuckets() {
      return PADDING_BYTES / Character.BYTES;
    }

    @Override
    Histogram newHistogram() {
      return new Histogram.Padded();
    }
  }
}
