package io.metricsagent.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Quantiles of a histogram by linear interpolation, as Prometheus does it. Not thread-safe. */
final class Buckets {
  private record Bucket(double lower, double upper, double count) {}

  private final List<Bucket> buckets = new ArrayList<>();

  /** Adds the next higher bucket. */
  void add(double lower, double upper, double count) {
    if (count > 0) {
      buckets.add(new Bucket(lower, upper, count));
    }
  }

  /** Returns quantiles in another unit. */
  double[] quantiles(double[] ps, double factor) {
    double total = buckets.stream().mapToDouble(Bucket::count).sum();
    double[] result = new double[ps.length];
    for (int i = 0; i < ps.length; i++) {
      result[i] = quantile(ps[i] * total) * factor;
    }
    return result;
  }

  private double quantile(double rank) {
    double below = 0;
    for (Bucket bucket : buckets) {
      if (below + bucket.count >= rank) {
        return bucket.lower + (bucket.upper - bucket.lower) * (rank - below) / bucket.count;
      }
      below += bucket.count;
    }
    return buckets.get(buckets.size() - 1).upper;
  }
}
