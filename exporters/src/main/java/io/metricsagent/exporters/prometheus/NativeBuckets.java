package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.registry.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.TreeMap;

/**
 * A histogram in Prometheus's exponential buckets of schema {@value #SCHEMA}, eight an octave:
 * bucket i is {@code (2^((i - 1) / 8), 2^(i / 8)]} seconds.
 *
 * <p>Each of our buckets goes whole into the one that holds its middle, always the same one. Its
 * values are off by one of our buckets at most (12.5 %). To share a bucket out by minimum and
 * maximum, as the OTLP exporter does, would be finer, but shares move: Prometheus takes a bucket
 * that shrinks from one scrape to the next for a restart of the process.
 *
 * @param zeroCount values of our first bucket, too small to be told from zero
 */
record NativeBuckets(long zeroCount, NativeHistogramBuckets positive) {
  static final int SCHEMA = 3;

  /** The upper edge of our first bucket, 1/1024 ms, in seconds. */
  static final double ZERO_THRESHOLD =
      HistogramLayout.upperNanos(0) / HistogramLayout.NANOS_PER_MILLI / 1000;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int[] INDEXES = indexes();

  private static int[] indexes() {
    int[] indexes = new int[HistogramLayout.BUCKETS];
    for (int i = 0; i < indexes.length; i++) {
      double middle = (HistogramLayout.lowerNanos(i) + HistogramLayout.upperNanos(i)) / 2;
      double octaves = Math.log(middle / NANOS_PER_SECOND) / Math.log(2);
      indexes[i] = (int) Math.ceil(octaves * (1 << SCHEMA));
    }
    return indexes;
  }

  static NativeBuckets of(HistogramSnapshot histogram) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    for (int i = Math.max(1, histogram.firstBucket()); i < histogram.endBucket(); i++) {
      if (histogram.bucketCount(i) > 0) {
        counts.merge(INDEXES[i], histogram.bucketCount(i), Long::sum);
      }
    }
    return new NativeBuckets(
        histogram.bucketCount(0),
        NativeHistogramBuckets.of(
            counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
            counts.values().stream().mapToLong(Long::longValue).toArray()));
  }
}
