package io.metricsagent.bootstrap.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final HistogramSnapshot NONE = HistogramSnapshot.EMPTY;

  private final Outcomes outcomes =
      new Outcomes(
          calls(5), calls(2), Map.of("timeout", calls(2), "_OTHER", calls(1), "none", NONE), null);

  private static HistogramSnapshot calls(int count) {
    long nanos = 5_000_000;
    long[] counts = new long[HistogramLayout.BUCKETS];
    counts[HistogramLayout.index(nanos)] = count;
    return HistogramSnapshot.of(counts, count * nanos, nanos, nanos);
  }

  private static Outcomes with(String errorType, Map<String, HistogramSnapshot> failed) {
    Exemplar exemplar = new Exemplar(7, errorType, "t", "s", Instant.EPOCH);
    return new Outcomes(calls(1), NONE, failed, exemplar);
  }

  @Test
  void eachCallIsCountedOnce() {
    assertThat(outcomes.calls()).isEqualTo(10);
    assertThat(outcomes.total().count()).isEqualTo(10);
    assertThat(outcomes.withoutError().count()).isEqualTo(7);
    assertThat(outcomes.errors()).isEqualTo(3);
    assertThat(outcomes.errorRate()).isEqualTo(0.3);
    assertThat(Outcomes.NONE.errorRate()).isNull();
  }

  @Test
  void errorsAreToldByTypeAndThoseWithoutOneAreNoCodes() {
    assertThat(outcomes.errorTypes()).containsExactly(entry("_OTHER", 1L), entry("timeout", 2L));
    assertThat(outcomes.errorCodes()).containsExactly(entry("timeout", 2L));
  }

  @Test
  void theyAddUpAndSubtract() {
    Outcomes twice = outcomes.plus(outcomes);
    assertThat(twice.calls()).isEqualTo(20);
    assertThat(twice.minus(outcomes)).isEqualTo(outcomes);
    assertThat(twice.minus(twice).isIdle()).isTrue();
  }

  @Test
  void anExemplarBelongsToTheCallsThatEndedLikeIt() {
    assertThat(with(null, Map.of()).exemplarWithoutError()).isNotNull();
    assertThat(with("cancelled", Map.of()).exemplarWithoutError()).isNotNull();
    Outcomes failed = with("cancelled", Map.of("cancelled", calls(1))); // a tool's own error code
    assertThat(failed.exemplarWithoutError()).isNull();
    assertThat(failed.exemplarOf("cancelled")).isNotNull();
    assertThat(failed.exemplarOf("timeout")).isNull();
  }
}
