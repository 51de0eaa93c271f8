package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 1970-W01",
    "2025-10-10, 2025-W41",
    "2024-12-30, 2025-W01",
    "2021-01-03, 2020-W53",
    "0001-01-01, 0001-W01",
  })
  void namesIsoWeeks(LocalDate date, String label) {
    assertThat(Retention.label(date.toEpochDay())).isEqualTo(label);
  }
}
