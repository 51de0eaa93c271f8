package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.ExponentialLayout;

/**
 * A histogram in Prometheus's exponential buckets of schema {@value #SCHEMA}: those of {@link
 * ExponentialLayout}, but numbered by their upper edges. Values in our first bucket are too small
 * to be told from zero, and are not included.
 *
 * @param size how many buckets have values
 * @param indexes the indexes of these buckets, ascending; the array may be longer than {@code size}
 * @param counts the number of values in each of them; the array may be longer than {@code size}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NativeBuckets(int size, int[] indexes, long[] counts) {
  static final int SCHEMA = ExponentialLayout.SCALE;

  /** The upper edge of our first bucket, 1/1024 ms, in seconds. */
  static final double ZERO_THRESHOLD =
      HistogramLayout.upperNanos(0) / HistogramLayout.NANOS_PER_MILLI / 1000;

  private static final int[] INDEXES = ExponentialLayout.indexes(1e9);

  static NativeBuckets of(HistogramSnapshot histogram) {
    int first = Math.max(1, histogram.firstBucket());
    int most = Math.max(0, histogram.endBucket() - first);
    int[] indexes = new int[most];
    long[] counts = new long[most];
    int size = 0;
    for (int i = first; i < histogram.endBucket(); i++) {
      if (histogram.bucketCount(i) > 0) {
        int index = INDEXES[i] + 1;
        if (size == 0 || indexes[size - 1] != index) {
          indexes[size++] = index;
        }
        counts[size - 1] += histogram.bucketCount(i);
      }
    }
    return new NativeBuckets(size, indexes, counts);
  }
}
