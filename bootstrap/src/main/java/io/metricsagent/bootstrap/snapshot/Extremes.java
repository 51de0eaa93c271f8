package io.metricsagent.bootstrap.snapshot;

/**
 * The smallest and the largest value of a histogram, in nanoseconds.
 *
 * @param min the smallest value
 * @param max the largest value
 */
record Extremes(long min, long max) {
  /** Returns the extremes of both. */
  Extremes plus(Extremes other) {
    return new Extremes(Math.min(min, other.min), Math.max(max, other.max));
  }

  /**
   * Returns these extremes, corrected to what is possible if {@code first} and {@code last} are the
   * lowest and highest bucket in use.
   */
  Extremes within(int first, int last) {
    int open = HistogramLayout.BUCKETS - 1;
    long highestMin = first == open ? Long.MAX_VALUE : (long) HistogramLayout.upperNanos(first);
    long highestMax = last == open ? Long.MAX_VALUE : (long) HistogramLayout.upperNanos(last);
    long possibleMin = Math.min(Math.max(min, lowest(first)), highestMin);
    long possibleMax = Math.max(Math.min(max, highestMax), lowest(last));
    return new Extremes(Math.min(possibleMin, possibleMax), possibleMax);
  }

  /**
   * Returns the lowest value of a bucket: 0 for the first, else the first value above its lower
   * edge.
   */
  private static long lowest(int bucket) {
    return bucket == 0 ? 0 : (long) HistogramLayout.lowerNanos(bucket) + 1;
  }

  /**
   * Estimates the value at a fraction of a bucket, by linear interpolation; the result is never
   * outside of these extremes.
   *
   * @return nanoseconds
   */
  double interpolate(int bucket, double fraction) {
    double lower = Math.max(min, HistogramLayout.lowerNanos(bucket));
    double upper =
        bucket == HistogramLayout.BUCKETS - 1
            ? max
            : Math.min(max, HistogramLayout.upperNanos(bucket));
    return Math.max(min, Math.min(max, lower + (upper - lower) * Math.max(0, fraction)));
  }
}
