package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.registry.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.ExponentialLayout;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.TreeMap;

/**
 * A histogram in Prometheus's exponential buckets of schema {@value #SCHEMA}: those of {@link
 * ExponentialLayout}, but counted by their upper edges.
 *
 * @param zeroCount values of our first bucket, too small to be told from zero
 */
record NativeBuckets(long zeroCount, NativeHistogramBuckets positive) {
  static final int SCHEMA = ExponentialLayout.SCALE;

  /** The upper edge of our first bucket, 1/1024 ms, in seconds. */
  static final double ZERO_THRESHOLD =
      HistogramLayout.upperNanos(0) / HistogramLayout.NANOS_PER_MILLI / 1000;

  private static final int[] INDEXES = ExponentialLayout.indexes(1e9);

  static NativeBuckets of(HistogramSnapshot histogram) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    for (int i = Math.max(1, histogram.firstBucket()); i < histogram.endBucket(); i++) {
      if (histogram.bucketCount(i) > 0) {
        counts.merge(INDEXES[i] + 1, histogram.bucketCount(i), Long::sum);
      }
    }
    return new NativeBuckets(
        histogram.bucketCount(0),
        NativeHistogramBuckets.of(
            counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
            counts.values().stream().mapToLong(Long::longValue).toArray()));
  }
}
