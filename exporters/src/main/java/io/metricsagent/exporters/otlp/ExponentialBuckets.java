package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.registry.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * A histogram in base-2 exponential buckets: bucket i is {@code (2^(i / 2^scale), 2^((i + 1) /
 * 2^scale)]}, in seconds or units.
 *
 * <p>Counts of our buckets are spread over those they overlap, as if values were even within a
 * bucket and between minimum and maximum. The total is exact; a count may be off by one of our
 * bucket's, that is a value by 12.5 % at most. The scale is the finest that neither claims more
 * than our layout knows (8 buckets an octave) nor needs more than 160 buckets, the SDK's limit.
 *
 * @param scale at most {@value #MAX_SCALE}
 * @param zeroCount values too small for a bucket: 0, and with it all up to 1/1024 ms
 * @param offset index of the first count
 */
record ExponentialBuckets(int scale, long zeroCount, int offset, List<Long> counts) {
  static final int MAX_SCALE = 3;
  static final int MAX_BUCKETS = 160;

  /**
   * Converts a histogram.
   *
   * @param nanosPerUnit a second or, for whole units, a millisecond
   */
  static ExponentialBuckets of(HistogramSnapshot histogram, double nanosPerUnit) {
    // Only this bucket can hold a zero. If there is one, how many there are is not known.
    boolean zeros = !histogram.isEmpty() && histogram.minNanos() == 0;
    long zeroCount = zeros ? histogram.bucketCount(0) : 0;
    int first = zeros ? 1 : histogram.firstBucket();
    while (first < histogram.endBucket() && histogram.bucketCount(first) == 0) {
      first++;
    }
    if (histogram.isEmpty() || first >= histogram.endBucket()) {
      return new ExponentialBuckets(MAX_SCALE, zeroCount, 0, List.of());
    }
    double lowest =
        Math.max((double) histogram.minNanos(), Math.ceil(HistogramLayout.lowerNanos(first)));
    int scale = MAX_SCALE;
    while (index(histogram.maxNanos() / nanosPerUnit, scale) - index(lowest / nanosPerUnit, scale)
        >= MAX_BUCKETS) {
      scale--;
    }
    int offset = index(lowest / nanosPerUnit, scale);
    long[] counts = new long[index(histogram.maxNanos() / nanosPerUnit, scale) - offset + 1];
    for (int i = first; i < histogram.endBucket(); i++) {
      if (histogram.bucketCount(i) > 0) {
        spread(histogram, i, nanosPerUnit, scale, offset, counts);
      }
    }
    List<Long> list = new ArrayList<>(counts.length);
    for (long count : counts) {
      list.add(count);
    }
    return new ExponentialBuckets(scale, zeroCount, offset, list);
  }

  private static void spread(
      HistogramSnapshot histogram,
      int bucket,
      double nanosPerUnit,
      int scale,
      int offset,
      long[] counts) {
    long count = histogram.bucketCount(bucket);
    double lower =
        Math.max((double) histogram.minNanos(), HistogramLayout.lowerNanos(bucket)) / nanosPerUnit;
    double upper =
        (bucket == HistogramLayout.BUCKETS - 1
                ? (double) histogram.maxNanos()
                : Math.min((double) histogram.maxNanos(), HistogramLayout.upperNanos(bucket)))
            / nanosPerUnit;
    int last = index(upper, scale);
    long placed = 0;
    for (int i = Math.max(offset, index(lower, scale)); i < last; i++) {
      double share = (Math.pow(2, Math.scalb((double) (i + 1), -scale)) - lower) / (upper - lower);
      long below = Math.min(count, Math.max(placed, Math.round(count * share)));
      counts[i - offset] += below - placed;
      placed = below;
    }
    counts[last - offset] += count - placed;
  }

  /** Returns the bucket of a positive value; upper edges are inclusive. */
  static int index(double value, int scale) {
    double octaves = Math.log(value) / Math.log(2);
    // The logarithm of a power of two is off by an ulp or so; an edge belongs to the lower bucket.
    double position = Math.scalb(octaves, scale);
    double rounded = Math.rint(position);
    return Math.abs(position - rounded) < 1e-9 ? (int) rounded - 1 : (int) Math.ceil(position) - 1;
  }
}
