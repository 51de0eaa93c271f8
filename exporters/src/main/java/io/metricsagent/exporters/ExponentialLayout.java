package io.metricsagent.exporters;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;

/**
 * Where our buckets go in a base-2 exponential histogram of scale {@value #SCALE}, eight buckets an
 * octave: bucket i is {@code (2^(i / 8), 2^((i + 1) / 8)]}, as OTLP counts them.
 *
 * <p>Each goes whole into the one that holds its middle, always the same one, so a value is off by
 * one of our buckets at most (12.5 %). To share a bucket out, by minimum and maximum for instance,
 * would be finer, but shares move, and a bucket that shrinks from one export to the next looks like
 * a restart of the process. Our first bucket, up to 1/1024 ms, is too small to be told from zero
 * and goes nowhere. Stateless.
 */
public final class ExponentialLayout {
  /** As fine as our own layout. */
  public static final int SCALE = 3;

  private ExponentialLayout() {}

  /**
   * Returns the exponential bucket of each of ours.
   *
   * @param nanosPerUnit how many nanoseconds the unit of the exponential histogram is
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
