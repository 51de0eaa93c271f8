package io.metricsagent.bootstrap.snapshot;

import io.metricsagent.bootstrap.registry.HistogramLayout;
import java.util.Arrays;

/**
 * An immutable distribution in the layout of {@link HistogramLayout}; values are nanoseconds, the
 * edges of the outside world milliseconds.
 *
 * <p>The number of values is the sum of the buckets. Snapshots add up with {@link #plus} (two
 * workers) and subtract with {@link #minus} (what happened since an earlier snapshot of the same
 * histogram); counts and sums are exact in both.
 */
public final class HistogramSnapshot {
  /** No value at all. */
  public static final HistogramSnapshot EMPTY = new HistogramSnapshot(0, new long[0], 0, 0, 0, 0);

  private final int offset;
  private final long[] counts;
  private final long count;
  private final long sumNanos;
  private final long minNanos;
  private final long maxNanos;

  private HistogramSnapshot(
      int offset, long[] counts, long count, long sumNanos, long minNanos, long maxNanos) {
    this.offset = offset;
    this.counts = counts;
    this.count = count;
    this.sumNanos = sumNanos;
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
  }

  /**
   * Makes a snapshot.
   *
   * @param counts one count for each bucket of the layout; copied
   * @param sumNanos the exact sum
   * @param minNanos the smallest value, or any larger number when it is not known: it is held
   *     within the lowest bucket in use
   * @param maxNanos the largest value, or any smaller number when it is not known: it is held
   *     within the highest bucket in use
   */
  public static HistogramSnapshot of(long[] counts, long sumNanos, long minNanos, long maxNanos) {
    if (counts.length != HistogramLayout.BUCKETS) {
      throw new IllegalArgumentException(
          "expected " + HistogramLayout.BUCKETS + " buckets, got " + counts.length);
    }
    int first = 0;
    while (first < counts.length && counts[first] == 0) {
      first++;
    }
    if (first == counts.length) {
      return EMPTY;
    }
    int last = counts.length - 1;
    while (counts[last] == 0) {
      last--;
    }
    long total = 0;
    for (int i = first; i <= last; i++) {
      total += counts[i];
    }
    long lowest = (long) Math.ceil(HistogramLayout.lowerNanos(first));
    long highest =
        last == HistogramLayout.BUCKETS - 1
            ? Long.MAX_VALUE
            : (long) HistogramLayout.upperNanos(last);
    long min = Math.min(Math.max(minNanos, lowest), (long) HistogramLayout.upperNanos(first));
    long max =
        Math.max(Math.min(maxNanos, highest), (long) Math.ceil(HistogramLayout.lowerNanos(last)));
    return new HistogramSnapshot(
        first,
        Arrays.copyOfRange(counts, first, last + 1),
        total,
        sumNanos,
        Math.min(min, max),
        max);
  }

  /** Returns the number of values. */
  public long count() {
    return count;
  }

  /** Returns whether there is no value. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Returns the exact sum in nanoseconds. */
  public long sumNanos() {
    return sumNanos;
  }

  /** Returns the exact sum in milliseconds, or in whole units for a histogram of units. */
  public double sumMillis() {
    return sumNanos / (double) HistogramLayout.NANOS_PER_MILLI;
  }

  /** Returns the smallest value in nanoseconds; 0 when there is none. */
  public long minNanos() {
    return minNanos;
  }

  /** Returns the largest value in nanoseconds; 0 when there is none. */
  public long maxNanos() {
    return maxNanos;
  }

  /** Returns the smallest value in milliseconds, or {@code null} when there is none. */
  public Double minMillis() {
    return isEmpty() ? null : minNanos / (double) HistogramLayout.NANOS_PER_MILLI;
  }

  /** Returns the largest value in milliseconds, or {@code null} when there is none. */
  public Double maxMillis() {
    return isEmpty() ? null : maxNanos / (double) HistogramLayout.NANOS_PER_MILLI;
  }

  /** Returns the mean in milliseconds, or {@code null} when there is no value. */
  public Double meanMillis() {
    return isEmpty() ? null : sumMillis() / count;
  }

  /** Returns the count of one bucket of {@link HistogramLayout}. */
  public long bucketCount(int index) {
    int i = index - offset;
    return i < 0 || i >= counts.length ? 0 : counts[i];
  }

  /** Returns the lowest bucket in use; 0 when there is none. */
  public int firstBucket() {
    return offset;
  }

  /** Returns the bucket after the highest one in use. */
  public int endBucket() {
    return offset + counts.length;
  }

  /**
   * Returns the 18 buckets of the metrics specification: upper edges 1, 2, 4 … 65536 ms, inclusive,
   * and infinity.
   */
  public long[] specBucketCounts() {
    long[] result = new long[HistogramLayout.SPEC_BUCKETS];
    for (int i = 0; i < counts.length; i++) {
      result[HistogramLayout.specBucket(offset + i)] += counts[i];
    }
    return result;
  }

  /**
   * Estimates a quantile by linear interpolation within its bucket, held between minimum and
   * maximum.
   *
   * @param p from 0 to 1
   * @return milliseconds, or {@code null} when there is no value
   * @throws IllegalArgumentException if {@code p} is out of range
   */
  public Double percentileMillis(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a percentile is from 0 to 1, not " + p);
    }
    if (isEmpty()) {
      return null;
    }
    double rank = p * count;
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0 && below + counts[i] >= rank) {
        return interpolate(offset + i, (rank - below) / counts[i])
            / HistogramLayout.NANOS_PER_MILLI;
      }
      below += counts[i];
    }
    return maxMillis();
  }

  private double interpolate(int bucket, double fraction) {
    double lower = Math.max(minNanos, HistogramLayout.lowerNanos(bucket));
    double upper =
        bucket == HistogramLayout.BUCKETS - 1
            ? maxNanos
            : Math.min(maxNanos, HistogramLayout.upperNanos(bucket));
    return Math.max(minNanos, Math.min(maxNanos, lower + (upper - lower) * Math.max(0, fraction)));
  }

  /** Returns the values of both. */
  public HistogramSnapshot plus(HistogramSnapshot other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    long[] all = dense();
    for (int i = 0; i < other.counts.length; i++) {
      all[other.offset + i] += other.counts[i];
    }
    return of(
        all,
        sumNanos + other.sumNanos,
        Math.min(minNanos, other.minNanos),
        Math.max(maxNanos, other.maxNanos));
  }

  /**
   * Returns the values of this snapshot that an earlier one did not have yet.
   *
   * <p>Minimum and maximum are those of this snapshot, held within the buckets that are left.
   *
   * @param earlier an earlier snapshot of the same histogram
   * @throws IllegalArgumentException if {@code earlier} has a value that this one lacks
   */
  public HistogramSnapshot minus(HistogramSnapshot earlier) {
    if (earlier.isEmpty()) {
      return this;
    }
    long[] left = dense();
    for (int i = 0; i < earlier.counts.length; i++) {
      left[earlier.offset + i] -= earlier.counts[i];
      if (left[earlier.offset + i] < 0) {
        throw new IllegalArgumentException(
            "not an earlier snapshot of the same histogram: bucket "
                + (earlier.offset + i)
                + " would be negative");
      }
    }
    return of(left, sumNanos - earlier.sumNanos, minNanos, maxNanos);
  }

  private long[] dense() {
    long[] all = new long[HistogramLayout.BUCKETS];
    System.arraycopy(counts, 0, all, offset, counts.length);
    return all;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof HistogramSnapshot other
        && offset == other.offset
        && sumNanos == other.sumNanos
        && minNanos == other.minNanos
        && maxNanos == other.maxNanos
        && Arrays.equals(counts, other.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts) * 31 + Long.hashCode(sumNanos);
  }

  @Override
  public String toString() {
    return "HistogramSnapshot[count="
        + count
        + ", sum="
        + sumMillis()
        + " ms, p50="
        + percentileMillis(0.5)
        + ", max="
        + maxMillis()
        + "]";
  }
}
