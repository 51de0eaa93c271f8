package io.metricsagent.agent.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HourRangeTest {
  /** 2024-01-15T00:00:00Z. */
  private static final long DAY = 1_705_276_800L / 3600;

  @Test
  void aDateIsItsFirstHourAndTheEndIsNotIncluded() {
    HourRange day = HourRange.parse("2024-01-15", "2024-01-16");
    assertThat(day.contains(DAY - 1)).isFalse();
    assertThat(day.contains(DAY)).isTrue();
    assertThat(day.contains(DAY + 23)).isTrue();
    assertThat(day.contains(DAY + 24)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-15T01:00",
        "2024-01-15T01:00:00",
        "2024-01-15T01:00:00Z",
        "2024-01-15T02:00:00+01:00",
        "2024-01-14T20:00:00-05:00",
        " 2024-01-15T00:30 ",
      })
  void timesMayHaveAnOffsetAndAreElseInUtc(String from) {
    HourRange range = HourRange.parse(from, null);
    assertThat(range.contains(DAY)).isFalse();
    assertThat(range.contains(DAY + 1)).isTrue();
  }

  @Test
  void withoutLimitsEveryHourIsInIt() {
    assertThat(HourRange.parse(null, " ")).isEqualTo(HourRange.ALL);
    assertThat(HourRange.ALL.contains(-DAY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2024-13-01", "T", "2024-01-15T25:00", "1705276800"})
  void whatIsNoTimeIsRefusedWithAnExample(String from) {
    assertThatThrownBy(() -> HourRange.parse(from, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from=" + from)
        .hasMessageContaining("2024-01-15T10:00");
  }

  @Test
  void anEndBeforeTheBeginIsRefused() {
    assertThatThrownBy(() -> HourRange.parse("2024-01-15", "2024-01-15"))
        .hasMessageContaining("to=2024-01-15: give a time after from");
  }
}
