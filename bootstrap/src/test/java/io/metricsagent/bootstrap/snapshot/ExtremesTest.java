package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExtremesTest {
  private static final int BUCKET = HistogramLayout.index(5_100_000);
  private static final long LOWER = (long) HistogramLayout.lowerNanos(BUCKET);
  private static final long UPPER = (long) HistogramLayout.upperNanos(BUCKET);

  @Test
  void ofTwoAreThoseOfAllValues() {
    assertThat(new Extremes(3, 9).plus(new Extremes(1, 5))).isEqualTo(new Extremes(1, 9));
  }

  @Test
  void areMovedIntoTheBucketsInUse() {
    assertThat(new Extremes(0, Long.MAX_VALUE).within(BUCKET, BUCKET))
        .isEqualTo(new Extremes(LOWER + 1, UPPER));
    assertThat(new Extremes(Long.MAX_VALUE, 0).within(BUCKET, BUCKET))
        .isEqualTo(new Extremes(LOWER + 1, LOWER + 1));
    assertThat(new Extremes(5_100_000, 5_100_001).within(BUCKET, BUCKET))
        .isEqualTo(new Extremes(5_100_000, 5_100_001));
  }

  @Test
  void areKeptInTheOpenBucket() {
    int open = HistogramLayout.BUCKETS - 1;

    assertThat(new Extremes(Long.MAX_VALUE - 1, Long.MAX_VALUE).within(open, open))
        .isEqualTo(new Extremes(Long.MAX_VALUE - 1, Long.MAX_VALUE));
  }

  @Test
  void boundWhatIsInterpolated() {
    Extremes wide = new Extremes(0, Long.MAX_VALUE);

    assertThat(wide.interpolate(BUCKET, 0)).isEqualTo(LOWER);
    assertThat(wide.interpolate(BUCKET, 0.5)).isEqualTo((LOWER + UPPER) / 2.0);
    assertThat(wide.interpolate(BUCKET, -1)).isEqualTo(LOWER);
    assertThat(new Extremes(0, LOWER + 1).interpolate(BUCKET, 1)).isEqualTo(LOWER + 1);
  }
}
