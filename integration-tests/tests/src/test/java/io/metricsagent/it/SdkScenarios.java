package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump.Adapter;
import org.junit.jupiter.api.Test;

/** What holds for the providers' own clients, which the application calls without a framework. */
abstract class SdkScenarios extends ClientScenarios {
  SdkScenarios(Setup setup) {
    super(setup);
  }

  /** Library objects complain when they are asked for what the answer lacked. */
  @Test
  void countsAnAnswerThatLacksItsModelAndItsTokens() {
    Adapter bare = dump.adapter("bare", "chat");

    assertThat(bare.count("request_count")).isEqualTo(1);
    assertThat(bare.count("error_count")).isZero();
    assertThat(bare.count("input_tokens")).isZero();
  }

  @Test
  void tellsAFutureThatWasCancelled() {
    Adapter givenUp = dump.adapter("given-up", "chat");

    assertThat(givenUp.count("request_count")).isEqualTo(1);
    assertThat(givenUp.count("cancelled_count")).isEqualTo(1);
    assertThat(givenUp.count("error_count")).isZero();
  }

  /** The reader takes 400 ms for one piece, in which the others arrive. */
  @Test
  void leavesTheReadersOwnTimeOutOfTheCall() {
    Adapter slow = dump.adapter("slow-reader", "chat");
    assertCounted("slow-reader", "chat", 1);

    assertThat(slow.latency("total_latency").min()).isGreaterThanOrEqualTo(400);
    assertThat(slow.latency("total_latency").sum() - slow.latency("call_latency").sum())
        .isGreaterThanOrEqualTo(400);
  }
}
