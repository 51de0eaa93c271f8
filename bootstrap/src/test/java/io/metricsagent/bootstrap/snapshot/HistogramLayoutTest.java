package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class HistogramLayoutTest {
  private static final int LAST = HistogramLayout.BUCKETS - 1;

  @Property
  void everyValueIsAboveTheLowerEdgeOfItsBucketAndAtMostItsUpperOne(@ForAll("nanos") long nanos) {
    int bucket = HistogramLayout.index(nanos);

    assertThat(bucket).isBetween(0, LAST);
    if (bucket > 0) {
      assertThat((double) nanos).isGreaterThan(HistogramLayout.lowerNanos(bucket));
    }
    if (bucket < LAST) {
      assertThat((double) nanos).isLessThanOrEqualTo(HistogramLayout.upperNanos(bucket));
    }
  }

  @Property
  void aLargerValueIsNeverInALowerBucket(@ForAll("nanos") long a, @ForAll("nanos") long b) {
    assertThat(HistogramLayout.index(Math.min(a, b)))
        .isLessThanOrEqualTo(HistogramLayout.index(Math.max(a, b)));
  }

  @Test
  void bucketsFollowEachOtherWithoutAGap() {
    for (int bucket = 0; bucket < LAST; bucket++) {
      long lastValue = (long) HistogramLayout.upperNanos(bucket);
      assertThat(HistogramLayout.index(lastValue)).isEqualTo(bucket);
      assertThat(HistogramLayout.index(lastValue + 1)).isEqualTo(bucket + 1);
      assertThat(HistogramLayout.upperUnits(bucket))
          .isEqualTo(HistogramLayout.lowerUnits(bucket + 1));
    }
    assertThat(HistogramLayout.lowerUnits(0)).isZero();
    assertThat(HistogramLayout.upperUnits(LAST)).isEqualTo((1L << 26) * 1024);
  }

  @Test
  void fromTheFirstOctaveOnABucketIsAtMostAnEighthOfItsLowerEdgeWide() {
    for (int bucket = HistogramLayout.SUB_BUCKETS; bucket <= LAST; bucket++) {
      long lower = HistogramLayout.lowerUnits(bucket);
      assertThat((HistogramLayout.upperUnits(bucket) - lower) * 8).isLessThanOrEqualTo(lower);
    }
  }

  @Property
  void theSpecificationsBucketIsTheFirstWhoseEdgeIsNotBelowTheValue(@ForAll("nanos") long nanos) {
    assertThat(HistogramLayout.specBucket(HistogramLayout.index(nanos)))
        .isEqualTo(firstEdgeNotBelow(nanos));
  }

  @Test
  void everyEdgeOfTheSpecificationBelongsToTheBucketBelowIt() {
    for (int spec = 0; spec < HistogramLayout.SPEC_BUCKETS - 1; spec++) {
      long edge = HistogramLayout.specEdgeMillis(spec) * HistogramLayout.NANOS_PER_MILLI;
      assertThat(specBucketOf(edge - 1)).isEqualTo(spec);
      assertThat(specBucketOf(edge)).isEqualTo(spec);
      assertThat(specBucketOf(edge + 1)).isEqualTo(spec + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 976, 977, 999_999, 1_000_000})
  void upToOneMillisecondAllIsInTheFirstBucketOfTheSpecification(long nanos) {
    assertThat(specBucketOf(nanos)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {65_536_000_001L, 1L << 46, 67_108_864_000_001L, 1L << 62, Long.MAX_VALUE})
  void aboveTheHighestEdgeAllIsInTheLastBucketOfTheSpecification(long nanos) {
    assertThat(specBucketOf(nanos)).isEqualTo(17);
  }

  @Test
  void zeroAndNegativeValuesAreInTheFirstBucket() {
    assertThat(HistogramLayout.index(0)).isZero();
    assertThat(HistogramLayout.index(-5)).isZero();
    assertThat(HistogramLayout.index(Long.MIN_VALUE)).isZero();
  }

  @Provide
  Arbitrary<Long> nanos() {
    return nanosOfAllSizes();
  }

  /** Uniform at several scales, and around every edge. */
  public static Arbitrary<Long> nanosOfAllSizes() {
    Arbitrary<Long> aroundEdges =
        Arbitraries.integers()
            .between(0, LAST)
            .flatMap(
                bucket ->
                    Arbitraries.longs()
                        .between(0, 4)
                        .map(near -> (long) HistogramLayout.lowerNanos(bucket) + near));
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 20_000),
        Arbitraries.longs().between(0, 100_000_000),
        Arbitraries.longs().between(0, 1L << 47),
        Arbitraries.longs().greaterOrEqual(0),
        aroundEdges);
  }

  public static int firstEdgeNotBelow(long nanos) {
    for (int spec = 0; spec < 17; spec++) {
      if (nanos <= (1L << spec) * 1_000_000) {
        return spec;
      }
    }
    return 17;
  }

  private static int specBucketOf(long nanos) {
    return HistogramLayout.specBucket(HistogramLayout.index(nanos));
  }
}
