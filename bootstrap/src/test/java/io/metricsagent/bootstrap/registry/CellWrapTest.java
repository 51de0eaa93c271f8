package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.HistogramLayout;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of a bucket beyond its 16 bits. */
class CellWrapTest {
  private static final long NANOS = 20_000_000;
  private static final int BUCKET = HistogramLayout.index(NANOS);

  private final Histogram histogram = new Histogram();

  @ParameterizedTest
  @ValueSource(ints = {32_767, 32_768, 65_534, 65_535, 65_536, 131_071, 131_072, 1_000_000})
  void everyValueCountsWhereTheLowBitsWrap(int values) {
    for (int i = 0; i < values; i++) {
      histogram.record(NANOS);
    }

    assertThat(Inside.read(histogram).bucketCount(BUCKET)).isEqualTo(values);
    assertThat(Inside.read(histogram).count()).isEqualTo(values);
    histogram.record(NANOS);
    assertThat(Inside.read(histogram).count()).isEqualTo(values + 1L);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        (1L << 31) - 1,
        (1L << 31),
        (1L << 32) - 1,
        1L << 32,
        (1L << 46) - 1,
        (1L << 47) - 2
      })
  void countsBeyond31BitsAreExact(long already) {
    for (int i = 0; i < 1 << 16; i++) {
      histogram.record(NANOS);
    }
    Inside.setCount(histogram, BUCKET, (int) already & 0xFFFF);
    Inside.setCarry(histogram, BUCKET, (int) (already >>> 15));
    histogram.record(NANOS);

    assertThat(Inside.read(histogram).bucketCount(BUCKET)).isEqualTo(already + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 20000000",
    "0, 32767, 20000000",
    "0, 32768, 20000000",
    "32767, 1, 20000000",
    "32766, 32767, 20000000",
    "65535, 32767, 20000000",
    "10000, 200000, 20000000",
    "3, 5, 9223372036854775807",
    "0, 40000, 900000000000000",
    "5, 0, 20000000",
    "5, -1, 20000000",
    "1, 3, -7"
  })
  void aValueThatIsRecordedSeveralTimesAtOnceIsAsIfItWereRecordedOneByOne(
      int before, int times, long nanos) {
    Histogram atOnce = new Histogram();
    Histogram oneByOne = new Histogram();
    for (int i = 0; i < before; i++) {
      atOnce.record(nanos);
      oneByOne.record(nanos);
    }
    atOnce.record(nanos, times);
    for (int i = 0; i < times; i++) {
      oneByOne.record(nanos);
    }

    assertThat(Inside.read(atOnce)).isEqualTo(Inside.read(oneByOne));
  }

  @Test
  void bucketsWrapInAnyOrder() {
    long[] values = {20_000_000, 40_000_000, 3_000, 21_000_000, 3_600_000_000_000L, 20_000_000};
    for (long nanos : values) {
      for (int i = 0; i < 70_000; i++) {
        histogram.record(nanos);
      }
    }

    assertThat(Inside.read(histogram).count()).isEqualTo(6 * 70_000);
    assertThat(Inside.read(histogram).bucketCount(BUCKET)).isEqualTo(2 * 70_000);
    assertThat(Inside.read(histogram).bucketCount(HistogramLayout.index(3_000))).isEqualTo(70_000);
  }

  @Test
  void theSumPastALongStaysWhereItIsWhenBucketsWrap() {
    histogram.record(Long.MAX_VALUE);
    histogram.record(Long.MAX_VALUE);
    histogram.record(Long.MAX_VALUE);
    double sum = Inside.read(histogram).sumMillis();
    for (int i = 0; i < 70_000; i++) {
      histogram.record(0);
    }

    assertThat(sum).isGreaterThan(2.9 * (Long.MAX_VALUE / 1e6));
    assertThat(Inside.read(histogram).sumMillis()).isEqualTo(sum);
    assertThat(Inside.read(histogram).count()).isEqualTo(70_003);
  }

  @Test
  void nothingIsLostWhenThreadsRecordPastTheWrapWhileASeriesIsRead() throws Exception {
    ToolMetrics tool = new ToolMetrics("read_file", null);
    int threads = 4;
    int each = 200_000;
    AtomicInteger running = new AtomicInteger(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        writers.add(
            () -> {
              for (int n = 0; n < each; n++) {
                tool.recordSuccess(NANOS);
              }
              running.decrementAndGet();
              return null;
            });
      }
      List<Future<Void>> futures = new ArrayList<>();
      writers.forEach(writer -> futures.add(pool.submit(writer)));
      long last = 0;
      while (running.get() > 0) {
        long count = read(tool).callCount();
        assertThat(count).isGreaterThanOrEqualTo(last);
        last = count;
      }
      for (Future<Void> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(read(tool).callCount()).isEqualTo((long) threads * each);
    assertThat(read(tool).latency().sumNanos()).isEqualTo(threads * each * NANOS);
  }

  private static ToolSnapshot read(ToolMetrics tool) {
    return new ToolSnapshot(tool.read(false));
  }
}
