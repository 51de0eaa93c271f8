package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of a bucket beyond 32 bits. */
class CellWrapTest {
  private static final long NANOS = 20_000_000;
  private static final int BUCKET = HistogramLayout.index(NANOS);

  private final Histogram histogram = new Histogram();

  @ParameterizedTest
  @ValueSource(
      longs = {(1L << 30) - 1, 1L << 30, (1L << 31) - 1, 1L << 31, 3_000_000_000L, (1L << 32) - 2})
  void aReadingDrainsACellBeforeItWraps(long already) {
    histogram.record(NANOS);
    HistogramCells cells = Inside.base(histogram);
    Inside.setCell(cells, BUCKET, (int) already);
    histogram.record(NANOS);

    assertThat(histogram.total()).isEqualTo(already + 1);
    assertThat(histogram.read().bucketCount(BUCKET)).isEqualTo(already + 1);
    assertThat(Inside.cell(cells, BUCKET)).isZero();
    assertThat(histogram.total()).isEqualTo(already + 1);

    histogram.record(NANOS);
    assertThat(histogram.read().count()).isEqualTo(already + 2);
  }

  @Test
  void aSmallCellStaysWhereItIs() {
    histogram.record(NANOS);
    Inside.setCell(Inside.base(histogram), BUCKET, (1 << 30) - 1);

    assertThat(histogram.read().count()).isEqualTo((1 << 30) - 1);
    assertThat(Inside.cell(Inside.base(histogram), BUCKET)).isEqualTo((1 << 30) - 1);
  }

  @Test
  void manyDrainsAddUpBeyond32Bits() {
    histogram.record(NANOS);
    for (int i = 0; i < 10; i++) {
      Inside.setCell(Inside.base(histogram), BUCKET, -1); // 2^32 - 1
      histogram.read();
    }

    assertThat(histogram.read().count()).isEqualTo(10 * 0xFFFF_FFFFL);
  }

  @Test
  void nothingIsLostWhenThreadsRecordIntoACellThatIsDrained() throws Exception {
    int threads = 4;
    int each = 100_000;
    histogram.record(NANOS);
    Inside.setCell(Inside.base(histogram), BUCKET, (1 << 30) - threads * each / 2);
    AtomicInteger running = new AtomicInteger(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        writers.add(
            () -> {
              for (int n = 0; n < each; n++) {
                histogram.record(NANOS);
              }
              running.decrementAndGet();
              return null;
            });
      }
      List<Future<Void>> futures = new ArrayList<>();
      writers.forEach(writer -> futures.add(pool.submit(writer)));
      long last = 0;
      while (running.get() > 0) {
        long count = histogram.read().count();
        assertThat(count).isGreaterThanOrEqualTo(last);
        last = count;
      }
      for (Future<Void> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(histogram.read().count()).isEqualTo((1 << 30) + threads * each / 2);
  }
}
