package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramSnapshotTest {

  @Property
  void additionIsCommutative(
      @ForAll("snapshots") HistogramSnapshot a, @ForAll("snapshots") HistogramSnapshot b) {
    assertThat(a.plus(b)).isEqualTo(b.plus(a)).hasSameHashCodeAs(b.plus(a));
  }

  @Property
  void additionIsAssociative(
      @ForAll("snapshots") HistogramSnapshot a,
      @ForAll("snapshots") HistogramSnapshot b,
      @ForAll("snapshots") HistogramSnapshot c) {
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
  }

  @Property
  void subtractionUndoesAdditionInCountsAndSums(
      @ForAll("snapshots") HistogramSnapshot a, @ForAll("snapshots") HistogramSnapshot b) {
    HistogramSnapshot left = a.plus(b).minus(b);

    assertThat(left.count()).isEqualTo(a.count());
    assertThat(left.sumNanos()).isEqualTo(a.sumNanos());
    assertThat(left.specBucketCounts()).isEqualTo(a.specBucketCounts());
    for (int bucket = 0; bucket < HistogramLayout.BUCKETS; bucket++) {
      assertThat(left.bucketCount(bucket)).isEqualTo(a.bucketCount(bucket));
    }
  }

  @Property
  void whatIsLeftHasItsExtremesInItsOwnBuckets(
      @ForAll("snapshots") HistogramSnapshot a, @ForAll("snapshots") HistogramSnapshot b) {
    HistogramSnapshot left = a.plus(b).minus(b);
    if (!left.isEmpty()) {
      assertThat(HistogramLayout.index(left.minNanos())).isEqualTo(left.firstBucket());
      assertThat(HistogramLayout.index(left.maxNanos())).isEqualTo(left.endBucket() - 1);
      assertThat(left.minNanos()).isLessThanOrEqualTo(left.maxNanos());
    }
  }

  @Property
  void theEmptySnapshotChangesNothing(@ForAll("snapshots") HistogramSnapshot a) {
    assertThat(a.plus(HistogramSnapshot.EMPTY)).isEqualTo(a);
    assertThat(HistogramSnapshot.EMPTY.plus(a)).isEqualTo(a);
    assertThat(a.minus(HistogramSnapshot.EMPTY)).isEqualTo(a);
    assertThat(a.minus(a)).isEqualTo(HistogramSnapshot.EMPTY);
  }

  @Property
  void percentilesNeverFall(@ForAll("snapshots") HistogramSnapshot a) {
    if (a.isEmpty()) {
      return;
    }
    double last = a.minMillis();
    for (int percent = 0; percent <= 100; percent++) {
      double value = a.percentileMillis(percent / 100.0);
      assertThat(value).isBetween(last * (1 - 1e-12), a.maxMillis());
      last = value;
    }
  }

  @Test
  void sumsBeyondALongAddUpAndSubtractExactly() {
    HistogramSnapshot huge = of(List.of(Long.MAX_VALUE, Long.MAX_VALUE));
    HistogramSnapshot three = of(List.of(3L));

    assertThat(huge.plus(huge).plus(huge).minus(huge).minus(huge)).isEqualTo(huge);
    assertThat(huge.plus(three).minus(huge).sumNanos()).isEqualTo(3);
    assertThat(huge.sumNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(huge.sumMillis()).isEqualTo(2 * (Long.MAX_VALUE / 1e6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void aPercentileOutOfRangeIsRefused(double p) {
    assertThatThrownBy(() -> of(List.of(1L)).percentileMillis(p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(p));
  }

  @Test
  void aSnapshotThatIsNoEarlierOneIsRefused() {
    assertThatThrownBy(() -> of(List.of(1L)).minus(of(List.of(1L, 2L))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an earlier snapshot");
  }

  @Test
  void countsOfAnotherLayoutAreRefused() {
    assertThatThrownBy(() -> HistogramSnapshot.of(new long[18], 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 18");
  }

  @Test
  void laterChangesOfTheGivenArrayDoNotShow() {
    long[] counts = new long[HistogramLayout.BUCKETS];
    counts[5] = 1;
    HistogramSnapshot snapshot = HistogramSnapshot.of(counts, 5000, 5000, 5000);
    counts[5] = 7;

    assertThat(snapshot.count()).isEqualTo(1);
    assertThat(snapshot.bucketCount(5)).isEqualTo(1);
  }

  @Provide
  Arbitrary<HistogramSnapshot> snapshots() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(0, 5_000_000),
            Arbitraries.longs().between(0, 1L << 37),
            Arbitraries.longs().between(0, 1L << 54))
        .list()
        .ofMaxSize(30)
        .map(HistogramSnapshotTest::of);
  }

  private static HistogramSnapshot of(List<Long> samples) {
    HistogramSnapshot sum = HistogramSnapshot.EMPTY;
    for (long nanos : samples) {
      long[] counts = new long[HistogramLayout.BUCKETS];
      counts[HistogramLayout.index(nanos)] = 1;
      sum = sum.plus(HistogramSnapshot.of(counts, nanos, nanos, nanos));
    }
    return sum;
  }
}
