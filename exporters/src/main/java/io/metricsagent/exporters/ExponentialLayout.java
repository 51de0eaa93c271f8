package io.metricsagent.exporters;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;

/**
 * Maps our buckets to those of a base-2 exponential histogram of scale {@value #SCALE}, with eight
 * buckets an octave: bucket i is {@code (2^(i / 8), 2^((i + 1) / 8)]}, as OTLP counts them.
 *
 * <p>All counts of one of our buckets go into the exponential bucket that contains its middle, so a
 * value is off by at most one of our buckets (12.5 %). Splitting the counts of a bucket, for
 * instance by minimum and maximum, would be more exact. But the split would change between exports,
 * and receivers take a count that decreases for a restart of the process. Our first bucket, up to
 * 1/1024 ms, has no exponential bucket; it counts as zero. Stateless.
 */
public final class ExponentialLayout {
  /** The scale with as many buckets an octave as our layout. */
  public static final int SCALE = 3;

  private ExponentialLayout() {}

  /**
   * Returns the index of the exponential bucket for each of our buckets.
   *
   * @param nanosPerUnit how many nanoseconds one unit of the exponential histogram has
   */
  public static int[] indexes(double nanosPerUnit) {
    int[] indexes = new int[HistogramLayout.BUCKETS];
    for (int i = 0; i < indexes.length; i++) {
      double middle = (HistogramLayout.lowerNanos(i) + HistogramLayout.upperNanos(i)) / 2;
      double octaves = Math.log(middle / nanosPerUnit) / Math.log(2);
      indexes[i] = (int) Math.ceil(Math.scalb(octaves, SCALE)) - 1;
    }
    return indexes;
  }
}
