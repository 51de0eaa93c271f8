package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import io.metricsagent.bootstrap.snapshot.ToolSnapshot;
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

    assertThat(read(tool).callCount()).isEqualTo(4);
    assertThat(read(tool).succeeded().sumNanos()).isEqualTo(10);
    assertThat(read(tool).failed()).containsOnlyKeys("refused", "timeout");
    assertThat(read(tool).failed().get("timeout").sumNanos()).isEqualTo(50);
  }

  @Test
  void typesPastTheLimitShareOne() {
    for (int i = 0; i < 100; i++) {
      tool.recordFailure(1, "error-" + i);
      tool.recordFailure(1, "error-" + i);
    }

    Map<String, HistogramSnapshot> failed = read(tool).failed();
    assertThat(failed).hasSize(CallSeries.MAX_TYPES + 1).containsKeys("error-0", "error-31");
    assertThat(failed.get("error-31").count()).isEqualTo(2);
    assertThat(failed.get("_OTHER").count()).isEqualTo(2 * (100 - CallSeries.MAX_TYPES));
    assertThat(read(tool).callCount()).isEqualTo(200);
  }

  @Test
  void blankTypesShareTheSameOne() {
    tool.recordFailure(1, "");
    tool.recordFailure(1, "  ");
    tool.recordFailure(1, "_OTHER");

    assertThat(read(tool).failed()).containsOnlyKeys("_OTHER");
    assertThat(read(tool).failed().get("_OTHER").count()).isEqualTo(3);
  }

  @Test
  void ofALongTypeTheFirst160CharactersCount() {
    String prefix = "x".repeat(160);
    tool.recordFailure(1, prefix + "a");
    tool.recordFailure(1, prefix + "b");
    tool.recordFailure(1, prefix);

    assertThat(read(tool).failed()).containsOnlyKeys(prefix);
    assertThat(read(tool).callCount()).isEqualTo(3);
  }

  @Test
  void aLongTypeIsNotCutWithinACharacter() {
    tool.recordFailure(1, "x".repeat(159) + "\uD83D\uDE00");
    tool.recordFailure(1, "x".repeat(159) + "\uD83D\uDE00");

    assertThat(read(tool).failed()).containsOnlyKeys("x".repeat(159));
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

    assertThat(read(tool).callCount()).isEqualTo(40_000);
    assertThat(read(tool).failed()).hasSize(CallSeries.MAX_TYPES + 1);
    assertThat(read(tool).failed().get("error-0").count()).isEqualTo(1_000);
    assertThat(read(tool).failed().get("_OTHER").count()).isEqualTo(8_000);
  }

  private static ToolSnapshot read(ToolMetrics tool) {
    return new ToolSnapshot(tool.read(false));
  }
}
