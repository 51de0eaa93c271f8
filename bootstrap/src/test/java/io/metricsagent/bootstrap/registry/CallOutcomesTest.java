package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.HistogramSnapshot;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallOutcomesTest {
  private final CallOutcomes outcomes = new CallOutcomes();

  @Test
  void everyCallIsEitherASuccessOrAFailureOfOneType() {
    outcomes.record(null, 10);
    outcomes.record("timeout", 20);
    outcomes.record("timeout", 30);
    outcomes.record("refused", 40);

    assertThat(outcomes.total()).isEqualTo(4);
    assertThat(outcomes.readSucceeded().sumNanos()).isEqualTo(10);
    assertThat(outcomes.readFailed()).containsOnlyKeys("refused", "timeout");
    assertThat(outcomes.readFailed().get("timeout").sumNanos()).isEqualTo(50);
  }

  @Test
  void typesPastTheLimitShareOne() {
    for (int i = 0; i < 100; i++) {
      outcomes.record("error-" + i, 1);
      outcomes.record("error-" + i, 1);
    }

    Map<String, HistogramSnapshot> failed = outcomes.readFailed();
    assertThat(failed).hasSize(CallOutcomes.MAX_TYPES + 1).containsKeys("error-0", "error-31");
    assertThat(failed.get("error-31").count()).isEqualTo(2);
    assertThat(failed.get("_OTHER").count()).isEqualTo(2 * (100 - CallOutcomes.MAX_TYPES));
    assertThat(outcomes.total()).isEqualTo(200);
  }

  @Test
  void blankTypesShareTheSameOne() {
    outcomes.record("", 1);
    outcomes.record("  ", 1);
    outcomes.record("_OTHER", 1);

    assertThat(outcomes.readFailed()).containsOnlyKeys("_OTHER");
    assertThat(outcomes.readFailed().get("_OTHER").count()).isEqualTo(3);
  }

  @Test
  void ofALongTypeTheFirst160CharactersCount() {
    String prefix = "x".repeat(160);
    outcomes.record(prefix + "a", 1);
    outcomes.record(prefix + "b", 1);
    outcomes.record(prefix, 1);

    assertThat(outcomes.readFailed()).containsOnlyKeys(prefix);
    assertThat(outcomes.total()).isEqualTo(3);
  }

  @Test
  void aLongTypeIsNotCutWithinACharacter() {
    outcomes.record("x".repeat(159) + "\uD83D\uDE00", 1);
    outcomes.record("x".repeat(159) + "\uD83D\uDE00", 1);

    assertThat(outcomes.readFailed()).containsOnlyKeys("x".repeat(159));
  }

  @Test
  void noFailureIsLostWhenThreadsAddTypesAtTheSameTime() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    for (int thread = 0; thread < 8; thread++) {
      pool.execute(
          () -> {
            for (int i = 0; i < 5_000; i++) {
              outcomes.record("error-" + (i % 40), 1);
            }
          });
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(outcomes.total()).isEqualTo(40_000);
    assertThat(outcomes.readFailed()).hasSize(CallOutcomes.MAX_TYPES + 1);
    assertThat(outcomes.readFailed().get("error-0").count()).isEqualTo(1_000);
    assertThat(outcomes.readFailed().get("_OTHER").count()).isEqualTo(8_000);
  }
}
