package io.metricsagent.exporters.statsd;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.Arrays;

/**
 * A few values that represent a distribution. A StatsD server gets them instead of one line for
 * each call.
 *
 * <p>Each value has a weight, the number of calls that it represents; the weights add up to the
 * count. Values ascend. At first the value of rank r is the distribution's quantile r, so a server
 * that sorts the values finds the registry's percentiles. Then all values are moved within their
 * buckets, by the same share of the way to the bucket's edge, until the weighted sum is right. The
 * value at the 99th percentile is not moved, except in rare distributions that allow no other way,
 * and then only as far as is needed for a relative error of the sum of at most {@value
 * #SUM_TOLERANCE}.
 *
 * @param nanos ascending
 * @param weights the weight of each value, which is 1, 2 or 5 times a power of ten
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Representatives(long[] nanos, long[] weights) {
  /** A little less than the documented limit of 0.1 %. */
  private static final double SUM_TOLERANCE = 0.0009;

  private static final double PROTECTED_QUANTILE = 0.99;

  /**
   * Returns values for {@code count} calls.
   *
   * @param count how many calls the values stand for; the distribution's count, or fewer if the
   *     calls are sampled; at least 1
   * @param maxLines the number of values above which a value represents more than one call
   */
  static Representatives of(HistogramSnapshot distribution, long count, int maxLines) {
    long[] weights = Weights.of(count, maxLines);
    if (distribution.count() == 1) {
      return new Representatives(new long[] {distribution.sumNanos()}, weights);
    }
    return new Fit(distribution, count, weights).solve();
  }

  /** Finds values with the right sum, in nanoseconds, as doubles. */
  private static final class Fit {
    private final HistogramSnapshot distribution;
    private final long[] weights;
    private final double[] values;
    private final double[] floors;
    private final double[] ceilings;
    private final double target;
    private int anchor;

    Fit(HistogramSnapshot distribution, long count, long[] weights) {
      this.distribution = distribution;
      this.weights = weights;
      values = new double[weights.length];
      floors = new double[weights.length];
      ceilings = new double[weights.length];
      target = (double) distribution.sumNanos() * count / distribution.count();
      place(count);
    }

    /** Gives each value the quantile of the last rank that it represents. */
    private void place(long count) {
      double scale = distribution.count() / (double) count;
      int bucket = distribution.firstBucket();
      long below = 0;
      long rank = 0;
      anchor = -1;
      for (int i = 0; i < weights.length; i++) {
        rank += weights[i];
        double scaledRank = Math.min(rank * scale, (double) distribution.count());
        double firstRank = (double) (rank - weights[i]) * scale;
        while (below + distribution.bucketCount(bucket) <= firstRank) {
          below += distribution.bucketCount(bucket++);
        }
        floors[i] = lower(bucket);
        int last = bucket;
        long belowLast = below;
        while (belowLast + distribution.bucketCount(last) < scaledRank) {
          belowLast += distribution.bucketCount(last++);
        }
        ceilings[i] = upper(last);
        double share = (scaledRank - belowLast) / distribution.bucketCount(last);
        values[i] = lower(last) + (upper(last) - lower(last)) * share;
        if (anchor < 0 && rank >= PROTECTED_QUANTILE * count) {
          anchor = i;
          // Not the quantile of the last rank: if there are few calls, the 99th percentile is well
          // below the largest.
          values[i] = quantileNanos();
        }
      }
    }

    private double quantileNanos() {
      return distribution.percentileMillis(PROTECTED_QUANTILE) * HistogramLayout.NANOS_PER_MILLI;
    }

    private double lower(int bucket) {
      return Math.max((double) distribution.minNanos(), HistogramLayout.lowerNanos(bucket));
    }

    private double upper(int bucket) {
      return bucket == HistogramLayout.BUCKETS - 1
          ? distribution.maxNanos()
          : Math.min((double) distribution.maxNanos(), HistogramLayout.upperNanos(bucket));
    }

    Representatives solve() {
      double fixed = values[anchor];
      double[] protectedFloors = floors.clone();
      double[] protectedCeilings = ceilings.clone();
      for (int i = 0; i < values.length; i++) {
        if (i <= anchor) {
          protectedCeilings[i] = Math.min(ceilings[i], fixed);
        }
        if (i >= anchor) {
          protectedFloors[i] = Math.max(floors[i], fixed);
        }
      }
      move(protectedFloors, protectedCeilings, target - sum());
      double rest = target - sum();
      double tolerated = SUM_TOLERANCE * target;
      if (Math.abs(rest) > tolerated) {
        move(floors, ceilings, rest - Math.copySign(tolerated, rest));
      }
      return new Representatives(Arrays.stream(values).mapToLong(Math::round).toArray(), weights);
    }

    private double sum() {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += weights[i] * values[i];
      }
      return sum;
    }

    /** Moves all values by the same share of the way to their limits, so that their order stays. */
    private void move(double[] floors, double[] ceilings, double difference) {
      double[] limits = difference > 0 ? ceilings : floors;
      double room = 0;
      for (int i = 0; i < values.length; i++) {
        room += weights[i] * (limits[i] - values[i]);
      }
      if (room == 0) {
        return;
      }
      double share = Math.min(1, difference / room);
      for (int i = 0; i < values.length; i++) {
        values[i] += share * (limits[i] - values[i]);
      }
    }
  }
}
