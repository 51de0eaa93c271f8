package io.metricsagent.benchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Log-normal latencies around 20 ms, in another order for each thread. */
@State(Scope.Thread)
public class Latencies {
  private static final int COUNT = 1024;
  private static final double MEDIAN_NANOS = 20e6;
  private static final double SIGMA = 0.7;

  private final long[] nanos =
      logNormal(COUNT, SIGMA, new SplittableRandom(Thread.currentThread().hashCode()));
  private int next;

  long next() {
    return nanos[next++ & (COUNT - 1)];
  }

  static long[] logNormal(int count, double sigma, SplittableRandom random) {
    long[] samples = new long[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (long) (MEDIAN_NANOS * Math.exp(sigma * random.nextGaussian()));
    }
    return samples;
  }
}
