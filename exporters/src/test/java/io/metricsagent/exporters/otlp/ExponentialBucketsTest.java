package io.metricsagent.exporters.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a receiver that compares one export with the next relies on. */
class ExponentialBucketsTest {
  private final SampleRegistry sample = new SampleRegistry();

  private HistogramSnapshot latency() {
    return sample.snapshot().tools().get(0).latency();
  }

  private void record(long nanos) {
    sample.registry().tool("t").recordSuccess(nanos);
  }

  private static long count(ExponentialBuckets buckets, int index) {
    int i = index - buckets.offset();
    return i < 0 || i >= buckets.counts().size() ? 0 : buckets.counts().get(i);
  }

  @Test
  void noCountEverGoesDown() {
    Random random = new Random(1);
    ExponentialBuckets before = null;
    for (int i = 0; i < 2000; i++) {
      // At first around 100 ms, then wider and wider, and zeros at last.
      record(i > 1900 ? 0 : (long) (1e8 * Math.exp(i / 300.0 * random.nextGaussian())));
      ExponentialBuckets now = ExponentialBuckets.of(latency(), HistogramUnit.SECONDS);
      if (before != null) {
        assertThat(now.scale()).isLessThanOrEqualTo(before.scale());
        assertThat(now.zeroCount()).isGreaterThanOrEqualTo(before.zeroCount());
        int coarser = before.scale() - now.scale();
        long[] merged = new long[1000];
        for (int k = 0; k < before.counts().size(); k++) {
          merged[500 + ((before.offset() + k) >> coarser)] += before.counts().get(k);
        }
        for (int k = 0; k < merged.length; k++) {
          assertThat(count(now, k - 500)).isGreaterThanOrEqualTo(merged[k]);
        }
      }
      before = now;
    }
    assertThat(before.scale()).isLessThan(3);
    assertThat(before.zeroCount()).isGreaterThanOrEqualTo(99);
    assertThat(before.zeroCount() + before.counts().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(2000);
    assertThat(before.counts()).hasSizeLessThanOrEqualTo(ExponentialBuckets.MAX_BUCKETS);
  }

  @Test
  void aValueIsOffByAnEighthAtMost() {
    for (double millis = 0.01; millis < 1e6; millis *= 1.037) {
      SampleRegistry one = new SampleRegistry();
      one.registry().tool("t").recordSuccess((long) (millis * TimeUnit.MILLISECONDS.toNanos(1)));
      ExponentialBuckets buckets =
          ExponentialBuckets.of(one.snapshot().tools().get(0).latency(), HistogramUnit.SECONDS);
      assertThat(buckets.counts()).containsExactly(1L);
      double lower = 1000 * Math.pow(2, buckets.offset() / 8.0);
      double upper = 1000 * Math.pow(2, (buckets.offset() + 1) / 8.0);
      assertThat(millis).isBetween(lower / 1.125, upper * 1.125);
    }
  }
}
