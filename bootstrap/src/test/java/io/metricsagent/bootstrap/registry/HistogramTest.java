package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramLayoutTest;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
  private static final long YEAR = 365L * 86_400 * 1_000_000_000;

  @Property
  void countSumMinimumAndMaximumAreExact(@ForAll("samples") List<Long> samples) {
    HistogramSnapshot snapshot = Inside.read(recorded(samples));

    assertThat(snapshot.count()).isEqualTo(samples.size());
    assertThat(snapshot.sumNanos()).isEqualTo(samples.stream().mapToLong(Long::longValue).sum());
    assertThat(snapshot.minNanos()).isEqualTo(Collections.min(samples));
    assertThat(snapshot.maxNanos()).isEqualTo(Collections.max(samples));
    assertThat(snapshot.meanMillis())
        .isCloseTo(snapshot.sumNanos() / 1e6 / samples.size(), within(1e-6));
  }

  @Property
  void theSpecificationsBucketsHoldWhatANaiveCountPutsThere(@ForAll("samples") List<Long> samples) {
    long[] expected = new long[18];
    samples.forEach(nanos -> expected[HistogramLayoutTest.firstEdgeNotBelow(nanos)]++);

    assertThat(Inside.read(recorded(samples)).specBucketCounts()).isEqualTo(expected);
  }

  @Property
  void aPercentileIsWithinTheBucketOfTheExactOne(
      @ForAll("samples") List<Long> samples, @ForAll @DoubleRange(min = 0, max = 1) double p) {
    HistogramSnapshot snapshot = Inside.read(recorded(samples));
    long exact = exactQuantile(samples.stream().mapToLong(Long::longValue).sorted().toArray(), p);
    int bucket = HistogramLayout.index(exact);

    double nanos = snapshot.percentileMillis(p) * 1e6;
    double rounding = nanos * 1e-12;
    assertThat(nanos)
        .isGreaterThanOrEqualTo(HistogramLayout.lowerNanos(bucket) - rounding)
        .isGreaterThanOrEqualTo(snapshot.minNanos() - rounding)
        .isLessThanOrEqualTo(snapshot.maxNanos() + rounding);
    if (bucket < HistogramLayout.BUCKETS - 1) {
      assertThat(nanos).isLessThanOrEqualTo(HistogramLayout.upperNanos(bucket) + rounding);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 2.49})
  void percentilesOfLogNormalLatenciesAreWithinOnePercentOnAverage(double sigma) {
    for (double p : new double[] {0.5, 0.9, 0.95, 0.99, 0.999}) {
      double error = 0;
      int seeds = 5;
      for (int seed = 1; seed <= seeds; seed++) {
        long[] samples = logNormal(sigma, seed);
        Histogram histogram = new Histogram();
        Arrays.stream(samples).forEach(histogram::record);
        Arrays.sort(samples);
        double exact = exactQuantile(samples, p) / 1e6;
        error += Math.abs(Inside.read(histogram).percentileMillis(p) - exact) / exact / seeds;
      }
      assertThat(error).as("mean relative error at p%s", p * 100).isLessThan(0.01);
    }
  }

  private static long[] logNormal(double sigma, int seed) {
    Random random = new Random(seed);
    return random
        .doubles(100_000)
        .mapToLong(unused -> (long) (20e6 * Math.exp(sigma * random.nextGaussian())))
        .toArray();
  }

  @Test
  void theExtremePercentilesAreMinimumAndMaximum() {
    HistogramSnapshot snapshot =
        Inside.read(recorded(List.of(3_100_000L, 3_200_000L, 90_000_000L)));

    assertThat(snapshot.percentileMillis(0)).isEqualTo(3.1);
    assertThat(snapshot.percentileMillis(1)).isEqualTo(90.0);
  }

  @Test
  void anEmptyHistogramKnowsNoMeanNoExtremesAndNoPercentiles() {
    HistogramSnapshot snapshot = Inside.read(new Histogram());

    assertThat(snapshot.isEmpty()).isTrue();
    assertThat(snapshot.count()).isZero();
    assertThat(snapshot.sumMillis()).isZero();
    assertThat(snapshot.meanMillis()).isNull();
    assertThat(snapshot.minMillis()).isNull();
    assertThat(snapshot.maxMillis()).isNull();
    assertThat(snapshot.percentileMillis(0.5)).isNull();
    assertThat(snapshot.specBucketCounts()).hasSize(18).containsOnly(0);
  }

  @Test
  void aNegativeTimeCountsAsZero() {
    Histogram histogram = new Histogram();
    histogram.record(-7);
    histogram.recordUnits(-7);
    histogram.recordUnits(Long.MIN_VALUE + 1);

    assertThat(Inside.read(histogram).count()).isEqualTo(3);
    assertThat(Inside.read(histogram).sumNanos()).isZero();
    assertThat(Inside.read(histogram).maxNanos()).isZero();
  }

  @Test
  void aUnitTakesThePlaceOfAMillisecond() {
    Histogram histogram = new Histogram();
    histogram.recordUnits(1000);
    histogram.recordUnits(24);

    assertThat(Inside.read(histogram).sumMillis()).isEqualTo(1024.0);
    assertThat(Inside.read(histogram).maxMillis()).isEqualTo(1000.0);
  }

  @Test
  void minimumAndMaximumAreExactAboveTheHighestBucketToo() {
    HistogramSnapshot snapshot = Inside.read(recorded(List.of(YEAR, YEAR + 1, 2 * YEAR)));

    assertThat(snapshot.minNanos()).isEqualTo(YEAR);
    assertThat(snapshot.maxNanos()).isEqualTo(2 * YEAR);
  }

  @Test
  void aSumBeyondALongIsStillExact() {
    Histogram histogram = new Histogram();
    for (int i = 0; i < 1000; i++) {
      histogram.record(YEAR);
    }
    HistogramSnapshot years = Inside.read(histogram);
    histogram.record(5);
    HistogramSnapshot more = Inside.read(histogram);

    assertThat(years.sumNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(years.sumMillis()).isCloseTo(1000.0 * YEAR / 1e6, within(1.0));
    assertThat(years.meanMillis()).isCloseTo(YEAR / 1e6, within(1e-3));
    assertThat(more.minus(years).sumNanos()).isEqualTo(5);
    assertThat(years.plus(more).minus(years)).isEqualTo(more);
  }

  @Test
  void aSumBeyondALongIsExactOverStripesToo() {
    ToolMetrics tool = new ToolMetrics("spread", null);
    tool.recordSuccess(Long.MAX_VALUE);
    Inside.spread(tool);
    tool.recordSuccess(Long.MAX_VALUE);
    tool.recordSuccess(Long.MAX_VALUE);
    HistogramSnapshot before = read(tool).latency();
    tool.recordSuccess(11);

    assertThat(before.sumMillis()).isCloseTo(3 * (Long.MAX_VALUE / 1e6), within(1.0));
    assertThat(read(tool).latency().minus(before).sumNanos()).isEqualTo(11);
  }

  @Test
  void extremesAreExactAgainAfterTheyWereCleared() {
    Histogram histogram = new Histogram();
    histogram.record(500);
    histogram.record(3_600_000_000_000L);
    HistogramSnapshot before = Inside.read(histogram);
    histogram.clearExtremes();
    histogram.record(100_000_001);
    histogram.record(100_000_003);

    HistogramSnapshot since = Inside.read(histogram).minus(before);
    assertThat(since.minNanos()).isEqualTo(100_000_001);
    assertThat(since.maxNanos()).isEqualTo(100_000_003);
  }

  @Test
  void extremesThatAreNotKnownAreHeldWithinTheirBuckets() {
    Histogram histogram = new Histogram();
    histogram.record(100_000_001);
    histogram.clearExtremes();

    HistogramSnapshot snapshot = Inside.read(histogram);
    assertThat(HistogramLayout.index(snapshot.minNanos()))
        .isEqualTo(HistogramLayout.index(snapshot.maxNanos()))
        .isEqualTo(HistogramLayout.index(100_000_001));
  }

  @Property
  void stripesAddUpToWhatWasRecorded(@ForAll("samples") List<Long> samples) {
    ToolMetrics spread = new ToolMetrics("spread", null);
    spread.recordSuccess(samples.get(0));
    Inside.spread(spread);
    samples.subList(1, samples.size()).forEach(spread::recordSuccess);

    ToolSnapshot read = new ToolSnapshot(spread.read(false));
    assertThat(read.latency()).isEqualTo(Inside.read(recorded(samples)));
    assertThat(read.callCount()).isEqualTo(samples.size());
  }

  /** The smallest sample that at least {@code p} of all do not exceed. */
  private static long exactQuantile(long[] sorted, double p) {
    return sorted[Math.max(0, (int) Math.ceil(p * sorted.length) - 1)];
  }

  private static Histogram recorded(List<Long> samples) {
    Histogram histogram = new Histogram();
    samples.forEach(histogram::record);
    return histogram;
  }

  @Provide
  Arbitrary<List<Long>> samples() {
    return HistogramLayoutTest.nanosOfAllSizes()
        .map(nanos -> nanos & ((1L << 52) - 1))
        .list()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  private static ToolSnapshot read(ToolMetrics tool) {
    return new ToolSnapshot(tool.read(false));
  }
}
