package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.SkippedLines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static WasrReport report(
      long events, long wasr, long attempts, long successes, List<Retention> retention) {
    return new WasrReport(
        new Window(7, 0),
        events,
        wasr,
        attempts,
        successes,
        Map.of(),
        retention,
        SkippedLines.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "9, 4, HEALTHY",
    "9, 3, HEALTHY",
    "9, 2, WARNING",
    "9, 1, WARNING",
    "9, 0, ACTION_REQUIRED",
    "0, 0, NO_DATA"
  })
  void wasr(long events, long wasr, Verdict verdict) {
    assertThat(Verdict.ofWasr(report(events, wasr, 0, 0, List.of()))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 9, HEALTHY",
    "100, 89, WARNING",
    "2, 1, WARNING",
    "100, 49, ACTION_REQUIRED",
    "1, 0, ACTION_REQUIRED",
    "0, 0, NO_DATA"
  })
  void quickstart(long attempts, long successes, Verdict verdict) {
    assertThat(Verdict.ofQuickstart(report(1, 0, attempts, successes, List.of())))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, HEALTHY",
    "100, 49, WARNING",
    "5, 1, WARNING",
    "100, 19, ACTION_REQUIRED",
    "0, 0, NO_DATA"
  })
  void retentionIsThatOfTheNewestPair(long base, long retained, Verdict verdict) {
    List<Retention> pairs =
        base == 0
            ? List.of()
            : List.of(
                new Retention("2025-W40", "2025-W41", retained == 1 ? 0 : 100, 100),
                new Retention("2025-W41", "2025-W42", retained, base));
    assertThat(Verdict.ofRetention(report(1, 0, 0, 0, pairs))).isEqualTo(verdict);
  }
}
