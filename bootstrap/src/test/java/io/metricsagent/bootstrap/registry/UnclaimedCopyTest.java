package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of a histogram that its writer is in the middle of changing. */
class UnclaimedCopyTest {
  private static final long NANOS = 20_000_000;
  private static final int BUCKET = HistogramLayout.index(NANOS);

  /** A histogram that records one more value while a reader is between its parts. */
  private static final class Busy extends Histogram {
    private int atRead = 1;
    private int reads;

    @Override
    int[] copyOfCarries() {
      if (++reads == atRead + 1) {
        record(NANOS);
      }
      return super.copyOfCarries();
    }
  }

  private static HistogramSnapshot copy(Histogram histogram) {
    Histogram copy = new Histogram();
    copy.copyFrom(histogram);
    return Inside.read(copy);
  }

  private static void record(Histogram histogram, int values) {
    for (int i = 0; i < values; i++) {
      histogram.record(NANOS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32_767, 65_535, 98_303, 131_071})
  void aCountThatWrapsBetweenTheReadingOfItsPartsCountsOnce(int before) {
    Busy histogram = new Busy();
    record(histogram, before);

    assertThat(copy(histogram).bucketCount(BUCKET)).isBetween((long) before, before + 1L);
    assertThat(copy(histogram).bucketCount(BUCKET)).isEqualTo(before + 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {32_768, 65_536, 98_304, 131_072})
  void aWriterHeldUpBeforeItsCarryLosesNothing(int values) {
    Histogram histogram = new Histogram();
    record(histogram, 70_000); // so that there is a carry
    int carriesBefore = values / 32_768 - 1;
    Inside.setCount(histogram, BUCKET, values & 0xFFFF);
    Inside.setCarry(histogram, BUCKET, carriesBefore);

    assertThat(copy(histogram).bucketCount(BUCKET)).isEqualTo(values);
  }

  @Test
  void aWriterHeldUpBeforeTheFirstCarryOfABucketLosesNothing() {
    Histogram histogram = new Histogram();
    record(histogram, 1);
    Inside.setCount(histogram, BUCKET, 32_768);

    assertThat(copy(histogram).bucketCount(BUCKET)).isEqualTo(32_768);
  }

  @Test
  void aSumThatWrapsBetweenTheReadingOfItsPartsIsOneSum() {
    Histogram histogram = new Histogram();
    histogram.record(Long.MAX_VALUE);
    double one = copy(histogram).sumMillis();
    histogram.record(Long.MAX_VALUE);
    int[] carries = (int[]) Inside.get(histogram, "carries");

    assertThat(copy(histogram).sumMillis()).isEqualTo(2 * one);
    carries[1] = 0; // as before the writer's last step
    assertThat(copy(histogram).sumMillis()).isEqualTo(2 * one);
  }

  @Test
  void aLaterSnapshotNeverLacksWhatAnEarlierOneHad() {
    Busy histogram = new Busy();
    histogram.atRead = Integer.MAX_VALUE;
    record(histogram, 65_535);
    HistogramSnapshot earlier = copy(histogram);
    histogram.atRead = histogram.reads + 1;
    HistogramSnapshot later = copy(histogram);

    assertThat(later.minus(earlier).count()).isBetween(0L, 1L);
    assertThat(copy(histogram).minus(later).count()).isBetween(0L, 1L);
  }
}
