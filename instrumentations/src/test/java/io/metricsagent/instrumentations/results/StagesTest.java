package io.metricsagent.instrumentations.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class StagesTest {
  private final Stages stages = new Stages();

  @Test
  void stagesAreKnownBeforeAndAfterOtherResults() {
    assertThat(stages.has(CompletableFuture.completedStage("answer"))).isTrue();
    assertThat(stages.has("answer")).isFalse();
    assertThat(stages.has("another")).isFalse();
    assertThat(stages.has(new CompletableFuture<>())).isTrue();
    assertThat(stages.has(1)).isFalse();
    assertThat(stages.has(CompletableFuture.completedStage("answer"))).isTrue();
  }

  @Test
  void nothingAndOtherFuturesAreNone() {
    assertThat(stages.has(null)).isFalse();
    assertThat(stages.has(new FutureTask<>(() -> "answer"))).isFalse();
  }
}
