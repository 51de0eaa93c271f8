package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.Setup;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for the providers' own clients, which the application calls without a framework. */
abstract class SdkScenarios extends ClientScenarios {
  SdkScenarios(Setup setup) {
    super(setup);
  }

  /** Library objects throw when a getter is called for a value that the answer lacks. */
  @Test
  void countsAnAnswerThatLacksItsModelAndItsTokens() {
    Adapter bare = dump.adapter("bare", "chat");

    assertThat(bare.count("request_count")).isEqualTo(1);
    assertThat(bare.count("error_count")).isZero();
    assertThat(bare.count("input_tokens")).isZero();
  }

  /** The status is 200; only an event of the stream reports the limit. */
  @Test
  void countsALimitThatAStreamTellsOf() {
    assertThat(ledger.account("stream-limited", "chat").throttled()).isEqualTo(1);
    Adapter limited = dump.adapter("stream-limited", "chat");

    assertThat(limited.count("throttle_count")).isEqualTo(1);
    assertThat(limited.count("request_count")).isEqualTo(1);
    assertThat(limited.count("error_count")).isEqualTo(1);
  }

  /** The application cancels at once and ends before there is an answer. */
  @ParameterizedTest
  @ValueSource(strings = {"given-up", "given-up-parsed"})
  void tellsAFutureThatWasCancelled(String model) {
    Adapter givenUp = dump.adapter(model, "chat");

    assertThat(givenUp.count("request_count")).isEqualTo(1);
    assertThat(givenUp.count("cancelled_count")).isEqualTo(1);
    assertThat(givenUp.count("error_count")).isZero();
  }

  @Test
  void tellsAFutureThatTheApplicationLetTimeOut() {
    Adapter late = dump.adapter("given-up-late", "chat");

    assertThat(late.count("request_count")).isEqualTo(1);
    assertThat(late.errorTypes()).isEqualTo(Map.of("java.util.concurrent.TimeoutException", 1L));
    assertThat(late.count("cancelled_count")).isZero();
    assertThat(late.count("input_tokens")).isZero();
  }

  /** The reader takes 400 ms for one piece; meanwhile the other pieces arrive. */
  @Test
  void leavesTheReadersOwnTimeOutOfTheCall() {
    Adapter slow = dump.adapter("slow-reader", "chat");
    assertCounted("slow-reader", "chat", 1);

    assertThat(slow.latency("total_latency").min()).isGreaterThanOrEqualTo(400);
    assertThat(slow.latency("total_latency").sum() - slow.latency("call_latency").sum())
        .isGreaterThanOrEqualTo(400);
  }
}
