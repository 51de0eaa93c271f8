package io.metricsagent.exporters.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RepresentativesTest {
  private static HistogramSnapshot histogram(long[] nanos) {
    long[] counts = new long[HistogramLayout.BUCKETS];
    for (long value : nanos) {
      counts[HistogramLayout.index(value)]++;
    }
    return HistogramSnapshot.of(
        counts,
        Arrays.stream(nanos).sum(),
        Arrays.stream(nanos).min().orElse(0),
        Arrays.stream(nanos).max().orElse(0));
  }

  /** What a server computes that honours weights. */
  private static double weightedSum(Representatives values) {
    double sum = 0;
    for (int i = 0; i < values.nanos().length; i++) {
      sum += (double) values.nanos()[i] * values.weights()[i];
    }
    return sum;
  }

  private static long weightedRank(Representatives values, long rank) {
    long seen = 0;
    for (int i = 0; i < values.nanos().length; i++) {
      seen += values.weights()[i];
      if (seen >= rank) {
        return values.nanos()[i];
      }
    }
    throw new AssertionError("rank " + rank + " of " + seen);
  }

  private static void assertFaithful(HistogramSnapshot histogram, Representatives values) {
    assertThat(Arrays.stream(values.weights()).sum()).isEqualTo(histogram.count());
    assertThat(values.nanos()).isSorted();
    assertThat(weightedSum(values))
        .isCloseTo((double) histogram.sumNanos(), within(histogram.sumNanos() * 0.001 + 100));
  }

  @Property
  void anyDistributionKeepsCountSumAndOrder(
      @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 0, max = 70_000_000_000_000L) Long> v,
      @ForAll @IntRange(min = 5, max = 80) int maxLines) {
    HistogramSnapshot histogram = histogram(v.stream().mapToLong(Long::longValue).toArray());
    assertFaithful(histogram, Representatives.of(histogram, histogram.count(), maxLines));
  }

  @Property(tries = 200)
  void smoothDistributionsKeepTheirTail(
      @ForAll @IntRange(min = 1, max = 30_000) int calls,
      @ForAll @DoubleRange(min = 0, max = 2.5) double sigma) {
    Random random = new Random(calls);
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      nanos[i] = (long) (1e8 * Math.exp(sigma * random.nextGaussian()));
    }
    HistogramSnapshot histogram = histogram(nanos);
    Representatives values = Representatives.of(histogram, calls, SnapshotLines.MAX_TIMING_LINES);
    assertFaithful(histogram, values);
    double p99 = histogram.percentileMillis(0.99) * 1e6;
    assertThat((double) weightedRank(values, (long) Math.ceil(0.99 * calls)))
        .isCloseTo(p99, within(p99 * 0.03));
    assertThat(values.nanos()).hasSizeLessThan(SnapshotLines.MAX_TIMING_LINES + 12);
  }

  @Test
  void oneValueInABucketFarFromTheOthersDoesNotBreakTheSum() {
    // 999 calls at the low end of a bucket, one at its high end: interpolation is at its worst.
    long[] nanos = new long[1000];
    Arrays.fill(nanos, 128_000_001L);
    nanos[999] = 144_000_000L;
    HistogramSnapshot histogram = histogram(nanos);
    Representatives values = Representatives.of(histogram, 1000, 1000);
    assertFaithful(histogram, values);
    double p99 = histogram.percentileMillis(0.99) * 1e6;
    assertThat((double) weightedRank(values, 990)).isCloseTo(p99, within(p99 * 0.03));
  }

  @Test
  void everyWeightComesBackFromItsRateAsAWholeNumber() {
    for (long count : new long[] {1001, 123_456, 9_876_543, 5_000_000_000L, 1_234_567_890_123L}) {
      long sum = 0;
      for (long weight : Weights.of(count, 1000)) {
        double rate = Double.parseDouble(Double.toString(1.0 / weight));
        assertThat(1 / rate).isEqualTo(weight);
        sum += weight;
      }
      assertThat(sum).isEqualTo(count);
    }
  }
}
