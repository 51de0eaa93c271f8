package io.metricsagent.bootstrap.snapshot;

import java.util.Arrays;

/**
 * An immutable distribution in the layout of {@link HistogramLayout}. Values are nanoseconds;
 * methods that end in {@code Millis} convert them.
 *
 * <p>The number of values is the sum of the buckets. Snapshots add up with {@link #plus} (two
 * workers) and subtract with {@link #minus} (what happened since an earlier snapshot of the same
 * histogram); counts and sums are exact in both.
 */
public final class HistogramSnapshot {
  /** No value at all. */
  public static final HistogramSnapshot EMPTY =
      new HistogramSnapshot(
          0, new long[0], 0, WideSum.ZERO, new Extremes(0, 0), new Extremes(0, 0));

  private static final byte[] SPEC_BUCKETS = specBuckets();

  private final int offset;
  private final long[] counts;
  private final long count;
  private final WideSum sum;

  /**
   * The extremes as the caller gave them. After a reset they may lie outside the buckets of this
   * snapshot; {@link #minus} needs them to find the extremes of what is left.
   */
  private final Extremes given;

  private final Extremes extremes;

  private HistogramSnapshot(
      int offset, long[] counts, long count, WideSum sum, Extremes given, Extremes extremes) {
    this.offset = offset;
    this.counts = counts;
    this.count = count;
    this.sum = sum;
    this.given = given;
    this.extremes = extremes;
  }

  /**
   * Makes a snapshot.
   *
   * @param counts one count for each bucket of the layout; copied
   * @param sumNanos the exact sum
   * @param minNanos the smallest value, or any larger number if it is not known; it is corrected to
   *     lie in the lowest bucket in use
   * @param maxNanos the largest value, or any smaller number if it is not known; it is corrected to
   *     lie in the highest bucket in use
   */
  public static HistogramSnapshot of(long[] counts, long sumNanos, long minNanos, long maxNanos) {
    return of(counts, sumNanos >> 63, sumNanos, minNanos, maxNanos);
  }

  /**
   * Makes a snapshot whose sum may be larger than a {@code long} holds.
   *
   * @param counts as in {@link #of(long[], long, long, long)}, like minimum and maximum
   * @param sumHigh the high half of the exact sum in nanoseconds, a signed number of 128 bits
   * @param sumLow its low half
   */
  public static HistogramSnapshot of(
      long[] counts, long sumHigh, long sumLow, long minNanos, long maxNanos) {
    if (counts.length != HistogramLayout.BUCKETS) {
      throw new IllegalArgumentException(
          "expected " + HistogramLayout.BUCKETS + " buckets, got " + counts.length);
    }
    return of(0, counts, new WideSum(sumHigh, sumLow), new Extremes(minNanos, maxNanos));
  }

  /** Makes a snapshot from counts that begin with the bucket {@code offset}. */
  private static HistogramSnapshot of(int offset, long[] counts, WideSum sum, Extremes given) {
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
    return new HistogramSnapshot(
        offset + first,
        Arrays.copyOfRange(counts, first, last + 1),
        total,
        sum,
        given,
        given.within(offset + first, offset + last));
  }

  /** Returns the number of values. */
  public long count() {
    return count;
  }

  /** Returns whether there is no value. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Returns the exact sum in nanoseconds, or {@link Long#MAX_VALUE} when it is larger than that
   * (292 years); {@link #sumMillis} has no such limit.
   */
  public long sumNanos() {
    return sum.nanos();
  }

  /** Returns the sum in milliseconds, or in whole units for a histogram of units. */
  public double sumMillis() {
    return sum.millis();
  }

  /**
   * Returns the sum of a histogram of units; exact up to 2^63 / 10^6, rounded to 53 bits above
   * that.
   */
  long sumUnits() {
    return sum.wholeMillis();
  }

  /** Returns the smallest value in nanoseconds; 0 when there is none. */
  public long minNanos() {
    return extremes.min();
  }

  /** Returns the largest value in nanoseconds; 0 when there is none. */
  public long maxNanos() {
    return extremes.max();
  }

  /** Returns the smallest value in milliseconds, or {@code null} when there is none. */
  public Double minMillis() {
    return isEmpty() ? null : extremes.min() / (double) HistogramLayout.NANOS_PER_MILLI;
  }

  /** Returns the largest value in milliseconds, or {@code null} when there is none. */
  public Double maxMillis() {
    return isEmpty() ? null : extremes.max() / (double) HistogramLayout.NANOS_PER_MILLI;
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
      result[SPEC_BUCKETS[offset + i]] += counts[i];
    }
    return result;
  }

  private static byte[] specBuckets() {
    byte[] numbers = new byte[HistogramLayout.BUCKETS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) HistogramLayout.specBucket(i);
    }
    return numbers;
  }

  /**
   * Estimates a quantile by linear interpolation within its bucket; the result is never outside of
   * minimum and maximum.
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
        return extremes.interpolate(offset + i, (rank - below) / counts[i])
            / HistogramLayout.NANOS_PER_MILLI;
      }
      below += counts[i];
    }
    return maxMillis();
  }

  /** Returns the values of both snapshots. */
  public HistogramSnapshot plus(HistogramSnapshot other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    int first = Math.min(offset, other.offset);
    long[] all = new long[Math.max(endBucket(), other.endBucket()) - first];
    System.arraycopy(counts, 0, all, offset - first, counts.length);
    for (int i = 0; i < other.counts.length; i++) {
      all[other.offset - first + i] += other.counts[i];
    }
    return of(first, all, sum.plus(other.sum), extremes.plus(other.extremes));
  }

  /**
   * Returns the values of this snapshot that an earlier one did not have yet.
   *
   * <p>Minimum and maximum are those of this snapshot, corrected to lie in the buckets that are
   * left.
   *
   * @param earlier an earlier snapshot of the same histogram
   * @throws IllegalArgumentException if {@code earlier} has a value that this one lacks
   */
  public HistogramSnapshot minus(HistogramSnapshot earlier) {
    if (earlier.isEmpty()) {
      return this;
    }
    long[] left = counts.clone();
    for (int i = 0; i < earlier.counts.length; i++) {
      int bucket = earlier.offset + i;
      if (bucketCount(bucket) < earlier.counts[i]) {
        throw new IllegalArgumentException(
            "not an earlier snapshot of the same histogram: bucket "
                + bucket
                + " would be negative");
      }
      if (earlier.counts[i] > 0) {
        left[bucket - offset] -= earlier.counts[i];
      }
    }
    return of(offset, left, sum.minus(earlier.sum), given);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof HistogramSnapshot other
        && offset == other.offset
        && sum.equals(other.sum)
        && extremes.equals(other.extremes)
        && Arrays.equals(counts, other.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts) * 31 + sum.hashCode();
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
