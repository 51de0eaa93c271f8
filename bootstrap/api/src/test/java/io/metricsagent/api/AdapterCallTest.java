package io.metricsagent.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdapterCallTest {
  @Test
  void valuesThatAreNotSetAreUnknown() {
    AdapterCall call = AdapterCall.of("acme");

    assertThat(call.adapter()).isEqualTo("acme");
    assertThat(call)
        .extracting(
            AdapterCall::model,
            AdapterCall::operation,
            AdapterCall::renderMillis,
            AdapterCall::callMillis,
            AdapterCall::parseMillis,
            AdapterCall::toolMillis,
            AdapterCall::usage,
            AdapterCall::error,
            AdapterCall::experiment)
        .containsOnlyNulls();
    assertThat(call.throttled()).isFalse();
  }

  @Test
  void eachGetterReturnsTheValueOfItsSetter() {
    AdapterCall call =
        AdapterCall.of("acme")
            .model("acme-large")
            .operation("chat")
            .renderMillis(1)
            .callMillis(2)
            .parseMillis(3)
            .toolMillis(4)
            .usage(TokenUsage.of(5, 6))
            .error("timeout")
            .throttled(true)
            .experiment("v2");

    assertThat(call)
        .extracting(
            AdapterCall::adapter,
            AdapterCall::model,
            AdapterCall::operation,
            AdapterCall::renderMillis,
            AdapterCall::callMillis,
            AdapterCall::parseMillis,
            AdapterCall::toolMillis,
            AdapterCall::usage,
            AdapterCall::error,
            AdapterCall::throttled,
            AdapterCall::experiment)
        .containsExactly(
            "acme",
            "acme-large",
            "chat",
            1L,
            2L,
            3L,
            4L,
            new TokenUsage(5L, 6L, null),
            "timeout",
            true,
            "v2");
  }
}
