package io.metricsagent.bootstrap.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.AdapterSnapshot;
import io.metricsagent.bootstrap.snapshot.Exemplar;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import org.junit.jupiter.api.Test;

class ExemplarTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final long NOW = 1_700_000_000_000L;

  private final Registry registry = Registries.empty();
  private final ToolMetrics tool = registry.tool("search");

  private void call(String error, long epochMillis) {
    if (error == null) {
      tool.recordSuccess(7);
    } else {
      tool.recordFailure(7, error);
    }
    tool.keepExemplar(7, error, TRACE, SPAN, epochMillis);
  }

  private static Exemplar exemplar(MetricsSnapshot snapshot) {
    return snapshot.tools().get(0).exemplar();
  }

  @Test
  void aSeriesHasTheLastOneThatWasKept() {
    assertThat(exemplar(registry.snapshot())).isNull();
    call(null, NOW);
    call("timeout", NOW + 5000);
    Exemplar held = exemplar(registry.snapshot());
    assertThat(held.errorType()).isEqualTo("timeout");
    assertThat(held.nanos()).isEqualTo(7);
    assertThat(held.traceId()).isEqualTo(TRACE);
    assertThat(held.spanId()).isEqualTo(SPAN);
    assertThat(held.recordedAt().toEpochMilli()).isEqualTo(NOW + 5000);
  }

  @Test
  void aCancelledRequestCanBeTheFirstExample() {
    AdapterMetrics adapter = registry.adapter("openai", "gpt-4o-mini", "chat");
    String cancelled = AdapterSnapshot.CANCELLED;
    adapter.record(-1, -1, -1, -1, -1, 7, -1, -1, -1, cancelled);
    adapter.keepExemplar(7, cancelled, TRACE, SPAN, NOW);

    AdapterSnapshot snapshot = registry.snapshot().adapters().get(0);
    assertThat(snapshot.exemplar().errorType()).isEqualTo(cancelled);
    assertThat(snapshot.cancelledCount()).isEqualTo(1);
    assertThat(snapshot.errorTypes()).isEmpty();
  }

  @Test
  void anotherIsWantedAfterFiveSecondsOrWhenTheClockWasSet() {
    assertThat(tool.wantsExemplar(NOW)).isTrue();
    call(null, NOW);
    assertThat(tool.wantsExemplar(NOW + 4999)).isFalse();
    assertThat(tool.wantsExemplar(NOW + 5000)).isTrue();
    assertThat(tool.wantsExemplar(NOW - 3_600_000)).isTrue();
  }

  @Test
  void itsErrorIsNamedAsItsSeriesNamesIt() {
    for (int i = 0; i < CallSeries.MAX_TYPES; i++) {
      call("error " + i, NOW);
    }
    call("one too many", NOW);
    assertThat(exemplar(registry.snapshot()).errorType()).isEqualTo("_OTHER");
    assertThat(registry.snapshot().tools().get(0).failed()).containsKey("_OTHER");
  }

  @Test
  void aDifferenceAndAResetHaveOnlyNewOnes() {
    call(null, NOW);
    MetricsSnapshot before = registry.snapshot();
    tool.recordSuccess(9);
    assertThat(exemplar(registry.snapshot().minus(before))).isNull();
    assertThat(exemplar(registry.snapshotAndReset())).isNotNull();
    tool.recordSuccess(9);
    assertThat(exemplar(registry.snapshot())).isNull();
    call(null, NOW + 1);
    assertThat(exemplar(registry.snapshot()).recordedAt().toEpochMilli()).isEqualTo(NOW + 1);
  }

  @Test
  void ofTwoWorkersTheYoungerOneStays() {
    call(null, NOW);
    MetricsSnapshot first = registry.snapshot();
    call(null, NOW + 1);
    MetricsSnapshot second = registry.snapshot();
    assertThat(exemplar(first.plus(second))).isEqualTo(exemplar(second));
    assertThat(exemplar(second.plus(first))).isEqualTo(exemplar(second));
  }
}
