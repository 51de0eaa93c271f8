package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallSeriesTest {
  private final ToolMetrics tool = new ToolMetrics("read_file", null);

  @Test
  void everyCallIsEitherASuccessOrAFailureOfOneType() {
    tool.recordSuccess(10);
    tool.recordFailure(20, "timeout");
    tool.recordFailure(30, "timeout");
    tool.recordFailure(40, "refused");

    assertThat(tool.read(false).callCount()).isEqualTo(4);
    assertThat(tool.read(false).succeeded().sumNanos()).isEqualTo(10);
    assertThat(tool.read(false).failed()).containsOnlyKeys("refused", "timeout");
    assertThat(tool.read(false).failed().get("timeout").sumNanos()).isEqualTo(50);
  }

  @Test
  void typesPastTheLimitShareOne() {
    for (int i = 0; i < 100; i++) {
      tool.recordFailure(1, "error-" + i);
      tool.recordFailure(1, "error-" + i);
    }

    Map<String, HistogramSnapshot> failed = tool.read(false).failed();
    assertThat(failed).hasSize(CallSeries.MAX_TYPES + 1).containsKeys("error-0", "error-31");
    assertThat(failed.get("error-31").count()).isEqualTo(2);
    assertThat(failed.get("_OTHER").count()).isEqualTo(2 * (100 - CallSeries.MAX_TYPES));
    assertThat(tool.read(false).callCount()).isEqualTo(200);
  }

  @Test
  void blankTypesShareTheSameOne() {
    tool.recordFailure(1, "");
    tool.recordFailure(1, "  ");
    tool.recordFailure(1, "_OTHER");

    assertThat(tool.read(false).failed()).containsOnlyKeys("_OTHER");
    assertThat(tool.read(false).failed().get("_OTHER").count()).isEqualTo(3);
  }

  @Test
  void ofALongTypeTheFirst160CharactersCount() {
    String prefix = "x".repeat(160);
    tool.recordFailure(1, prefix + "a");
    tool.recordFailure(1, prefix + "b");
    tool.recordFailure(1, prefix);

    assertThat(tool.read(false).failed()).containsOnlyKeys(prefix);
    assertThat(tool.read(false).callCount()).isEqualTo(3);
  }

  @Test
  void aLongTypeIsNotCutWithinACharacter() {
    tool.recordFailure(1, "x".repeat(159) + "\uD83D\uDE00");
    tool.recordFailure(1, "x".repeat(159) + "\uD83D\uDE00");

    assertThat(tool.read(false).failed()).containsOnlyKeys("x".repeat(159));
  }

  @Test
  void noFailureIsLostWhenThreadsAddTypesAtTheSameTime() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    for (int thread = 0; thread < 8; thread++) {
      pool.execute(
          () -> {
            for (int i = 0; i < 5_000; i++) {
              tool.recordFailure(1, "error-" + (i % 40));
            }
          });
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(tool.read(false).callCount()).isEqualTo(40_000);
    assertThat(tool.read(false).failed()).hasSize(CallSeries.MAX_TYPES + 1);
    assertThat(tool.read(false).failed().get("error-0").count()).isEqualTo(1_000);
    assertThat(tool.read(false).failed().get("_OTHER").count()).isEqualTo(8_000);
  }
}
