package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import org.junit.jupiter.api.Test;

/** The first request of a series is told beside the others: it loads classes. */
class FirstCallTest {
  private final Registry registry = Registries.empty();

  private void request(long nanos, String errorType) {
    registry
        .adapter("openai", "gpt", "chat")
        .record(-1, nanos, -1, -1, -1, nanos, -1, -1, -1, errorType);
  }

  private static AdapterSnapshot only(MetricsSnapshot snapshot) {
    assertThat(snapshot.adapters()).hasSize(1);
    return snapshot.adapters().get(0);
  }

  @Test
  void itStaysTheFirstHoweverItEnded() {
    request(7_000_000, "timeout");
    request(9_000_000, null);

    assertThat(only(registry.snapshot()).firstNanos()).isEqualTo(7_000_000);
    assertThat(only(registry.snapshot()).requestCount()).isEqualTo(2);
  }

  @Test
  void thereIsNoneBeforeARequestHasEnded() {
    registry.adapter("openai", "gpt", "chat").recordThrottle();

    assertThat(only(registry.snapshot()).firstNanos()).isZero();
  }

  @Test
  void itIsToldInTheIntervalThatItEndedIn() {
    MetricsSnapshot before = registry.snapshot();
    request(7_000_000, null);
    MetricsSnapshot with = registry.snapshot();
    request(9_000_000, null);
    MetricsSnapshot after = registry.snapshot();

    assertThat(only(with.minus(before)).firstNanos()).isEqualTo(7_000_000);
    assertThat(only(after.minus(with)).firstNanos()).isZero();
    assertThat(only(after.minus(before)).firstNanos()).isEqualTo(7_000_000);
  }

  @Test
  void ofTwoWorkersTheLongerOneStays() {
    Registry other = Registries.empty();
    other.adapter("openai", "gpt", "chat").record(-1, 1, -1, -1, -1, 1, -1, -1, -1, null);
    request(7_000_000, null);

    assertThat(only(registry.snapshot().plus(other.snapshot())).firstNanos()).isEqualTo(7_000_000);
    assertThat(only(other.snapshot().plus(registry.snapshot())).firstNanos()).isEqualTo(7_000_000);
  }
}
