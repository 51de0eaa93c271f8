package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.ExponentialLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A histogram in the buckets of {@link ExponentialLayout}, or in coarser ones if it would need more
 * than {@value #MAX_BUCKETS} of these, which is the SDK's limit. From one export to the next,
 * counts never decrease and the scale never increases.
 *
 * @param zeroCount how many values our first bucket has; they are too small to be told from zero
 * @param offset the index of the first count
 */
record ExponentialBuckets(int scale, long zeroCount, int offset, List<Long> counts) {
  static final int MAX_BUCKETS = 160;

  private static final int[] SECONDS = ExponentialLayout.indexes(HistogramUnit.SECONDS.nanos());
  private static final int[] UNITS = ExponentialLayout.indexes(HistogramUnit.UNITS.nanos());

  static ExponentialBuckets of(HistogramSnapshot histogram, HistogramUnit unit) {
    int[] indexes = unit == HistogramUnit.SECONDS ? SECONDS : UNITS;
    long zeros = histogram.bucketCount(0);
    int first = Math.max(1, histogram.firstBucket());
    int last = histogram.endBucket() - 1;
    while (first <= last && histogram.bucketCount(first) == 0) {
      first++;
    }
    while (last >= first && histogram.bucketCount(last) == 0) {
      last--;
    }
    if (first > last) {
      return new ExponentialBuckets(ExponentialLayout.SCALE, zeros, 0, List.of());
    }
    int coarser = 0;
    while ((indexes[last] >> coarser) - (indexes[first] >> coarser) >= MAX_BUCKETS) {
      coarser++;
    }
    int offset = indexes[first] >> coarser;
    long[] counts = new long[(indexes[last] >> coarser) - offset + 1];
    for (int i = first; i <= last; i++) {
      counts[(indexes[i] >> coarser) - offset] += histogram.bucketCount(i);
    }
    List<Long> list = new ArrayList<>(counts.length);
    for (long count : counts) {
      list.add(count);
    }
    return new ExponentialBuckets(ExponentialLayout.SCALE - coarser, zeros, offset, list);
  }
}
