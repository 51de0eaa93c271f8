package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import org.junit.jupiter.api.Test;

class ActiveRequestsTest {
  private final Registry registry = Registries.empty();
  private final AdapterMetrics adapter = registry.adapter("openai", "gpt-4o-mini", "chat");

  private static AdapterSnapshot only(MetricsSnapshot snapshot) {
    assertThat(snapshot.adapters()).hasSize(1);
    return snapshot.adapters().get(0);
  }

  @Test
  void theyAreUnknownWhereNobodyTellsOfABeginning() {
    adapter.record(-1, 7, -1, -1, -1, 7, -1, -1, -1, null);
    assertThat(only(registry.snapshot()).activeRequests()).isNull();
  }

  @Test
  void aRequestThatNeverEndsShowsThoughNothingWasRecorded() {
    adapter.begin();
    assertThat(only(registry.snapshot()).activeRequests()).isEqualTo(1);
    assertThat(only(registry.snapshot()).requestCount()).isZero();
  }

  @Test
  void theyRiseAndFallAndAResetDoesNotChangeThem() {
    adapter.begin();
    adapter.begin();
    adapter.end();
    assertThat(only(registry.snapshotAndReset()).activeRequests()).isEqualTo(1);
    assertThat(only(registry.snapshotAndReset()).activeRequests()).isEqualTo(1);
    adapter.end();
    assertThat(registry.snapshot().adapters()).isEmpty();
  }

  @Test
  void theyAreInADifferenceAsLongAsThereAreAny() {
    adapter.begin();
    MetricsSnapshot earlier = registry.snapshot();
    assertThat(registry.snapshot().minus(earlier).adapters()).hasSize(1);
    adapter.end();
    adapter.record(-1, 7, -1, -1, -1, 7, -1, -1, -1, null);
    MetricsSnapshot later = registry.snapshot();

    assertThat(only(later.minus(earlier)).activeRequests()).isZero();
    assertThat(later.minus(later).adapters()).isEmpty();
  }

  @Test
  void anEndWithoutARecordingIsToldOnce() {
    adapter.begin();
    MetricsSnapshot first = registry.snapshot();
    adapter.end();
    MetricsSnapshot second = registry.snapshot();

    assertThat(only(second.minus(first)).activeRequests()).isZero();
    assertThat(registry.snapshot().minus(second).adapters()).isEmpty();
  }

  @Test
  void anEndTooManyIsNoNegativeNumber() {
    adapter.begin();
    adapter.end();
    adapter.end();
    adapter.recordThrottle();
    assertThat(only(registry.snapshot()).activeRequests()).isZero();
  }
}
