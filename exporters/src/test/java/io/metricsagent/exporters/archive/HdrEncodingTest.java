package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HdrEncodingTest {
  private static HistogramSnapshot histogram(List<Long> nanos) {
    long[] counts = new long[HistogramLayout.BUCKETS];
    nanos.forEach(value -> counts[HistogramLayout.index(value)]++);
    return HistogramSnapshot.of(
        counts,
        nanos.stream().mapToLong(Long::longValue).sum(),
        nanos.stream().mapToLong(Long::longValue).min().orElse(0),
        nanos.stream().mapToLong(Long::longValue).max().orElse(0));
  }

  private static String encode(HistogramSnapshot snapshot) {
    return new String(new HdrEncoding().encode(snapshot), StandardCharsets.US_ASCII);
  }

  @Property
  void thereAndBackLosesNothing(
      @ForAll @Size(max = 50) List<@LongRange(min = 0, max = 100_000_000_000_000L) Long> nanos) {
    HistogramSnapshot original = histogram(nanos);
    String payload = encode(original);
    assertThat(
            HdrEncoding.decode(
                payload, original.sumNanos(), original.minNanos(), original.maxNanos()))
        .isEqualTo(original);
  }

  @Test
  void everyBucketComesBackAsItself() {
    for (int i = 0; i < HistogramLayout.BUCKETS; i++) {
      long[] counts = new long[HistogramLayout.BUCKETS];
      counts[i] = 3_000_000_000L + i;
      HistogramSnapshot original = HistogramSnapshot.of(counts, 1, 0, Long.MAX_VALUE);
      assertThat(HdrEncoding.decode(encode(original), 1, original.minNanos(), original.maxNanos()))
          .isEqualTo(original);
    }
  }

  @Test
  void isReadByHdrHistogramItself() throws Exception {
    String payload = encode(histogram(List.of(1_000_000L, 250_000_000L)));
    Histogram read =
        Histogram.decodeFromCompressedByteBuffer(
            ByteBuffer.wrap(Base64.getDecoder().decode(payload)), 0);
    assertThat(read.getTotalCount()).isEqualTo(2);
    assertThat(read.getNumberOfSignificantValueDigits()).isEqualTo(1);
    assertThat(read.getMaxValue() / 1024.0).isBetween(250 * 0.875, 250 * 1.125);
  }

  @Test
  void garbageIsRefused() {
    assertThatThrownBy(() -> HdrEncoding.decode("AAAA", 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a compressed HdrHistogram");
  }
}
