package io.metricsagent.instrumentations.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which runs are sampled. */
class RunSamplingTest {
  private static int taken(RunSampling sampling, String conversation, int runs) {
    int taken = 0;
    for (int i = 0; i < runs; i++) {
      taken += sampling.takes(conversation == null ? null : conversation + i) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void takesTheGivenPart() {
    assertThat(taken(new RunSampling(0.1), null, 10_000)).isBetween(800, 1200);
    assertThat(taken(new RunSampling(0.1), "user ", 10_000)).isBetween(800, 1200);
    assertThat(taken(new RunSampling(0), null, 100)).isZero();
    assertThat(taken(new RunSampling(1), null, 100)).isEqualTo(100);
  }

  @Test
  void takesAllRunsOfAConversationOrNone() {
    RunSampling first = new RunSampling(0.5);
    RunSampling second = new RunSampling(0.5);
    for (int i = 0; i < 100; i++) {
      assertThat(first.takes("user " + i)).isEqualTo(second.takes("user " + i));
    }
  }
}
