package io.metricsagent.exporters.otlp;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * Explicit bounds for histograms, all of them edges of {@link HistogramLayout}, so that every count
 * is exact.
 *
 * <p>OpenTelemetry's conventions recommend the bounds 0.01, 0.02, 0.04 … 81.92 s for durations.
 * These are no edges of the layout, whose octaves start at powers of two milliseconds, so their
 * counts would be estimates. The exported bounds are therefore the 17 edges of the metrics
 * specification in seconds, which are as fine and cover more: 0.001, 0.002 … 65.536. For tokens the
 * recommended bounds 1, 4, 16 … 67108864 are edges of the layout.
 */
@SuppressWarnings("ImmutableEnumChecker") // filled by the constructor alone
enum ExplicitBuckets {
  /** Durations, in seconds. */
  SECONDS(2, HistogramLayout.SPEC_BUCKETS - 1, 1000),
  /** Whole units, such as tokens. */
  UNITS(4, 14, 1);

  private static final long UNITS_PER_MILLI = 1024;

  private final List<Double> bounds = new ArrayList<>();
  private final int[] slotOfBucket = new int[HistogramLayout.BUCKETS];

  ExplicitBuckets(int factor, int count, double millisPerUnit) {
    long[] millis = new long[count];
    long bound = 1;
    for (int i = 0; i < count; i++, bound *= factor) {
      millis[i] = bound;
      bounds.add(bound / millisPerUnit);
    }
    for (int bucket = 0; bucket < slotOfBucket.length; bucket++) {
      int slot = 0;
      while (slot < count && HistogramLayout.upperUnits(bucket) > millis[slot] * UNITS_PER_MILLI) {
        slot++;
      }
      slotOfBucket[bucket] = slot;
    }
  }

  /** Returns the upper bounds, inclusive; one more bucket follows, without a bound. */
  List<Double> bounds() {
    return bounds;
  }

  /** Returns the counts, one more than there are bounds. */
  List<Long> counts(HistogramSnapshot histogram) {
    long[] counts = new long[bounds.size() + 1];
    for (int i = histogram.firstBucket(); i < histogram.endBucket(); i++) {
      counts[slotOfBucket[i]] += histogram.bucketCount(i);
    }
    List<Long> list = new ArrayList<>(counts.length);
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }
}
