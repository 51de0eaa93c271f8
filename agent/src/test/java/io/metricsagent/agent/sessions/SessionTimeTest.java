package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2024-01-15T10:30:00, 2024-01-15T10:30:00Z",
    "2024-01-15 10:30:00, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30:00.5, 2024-01-15T10:30:00.5Z",
    "2024-01-15T10:30:00.123456789Z, 2024-01-15T10:30:00.123456789Z",
    "2024-01-15T10:30:00Z, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30:00z, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30:00+00:00, 2024-01-15T10:30:00Z",
    "2024-01-15T12:30:00.25+02:00, 2024-01-15T10:30:00.25Z",
    "2024-01-15T12:30:00+0200, 2024-01-15T10:30:00Z",
    "2024-01-15T05:00:00-05:30, 2024-01-15T10:30:00Z",
    "2024-01-15T12:30:00+02, 2024-01-15T10:30:00Z",
    "0001-01-01T00:00:00-00:01, 0001-01-01T00:01:00Z",
    "9999-12-31T23:59:59, 9999-12-31T23:59:59Z"
  })
  void bothFormsAreRead(String text, Instant expected) {
    assertThat(SessionTime.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2024-01-15",
        "2024-13-15T10:30:00",
        "2024-01-15T10:30:00 more",
        "1705314600",
        "2024-01-15T25:30:00",
        "99999999999-01-15T10:30:00",
        "2024-01-15T10:30:00+99:00",
        "0000-12-31T23:59:59",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01"
      })
  void anythingElseIsNoTime(String text) {
    assertThatThrownBy(() -> SessionTime.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void microsecondsAreWrittenWhereThereAreAny() {
    assertThat(SessionTime.text(Instant.parse("2024-01-15T10:30:00Z")))
        .isEqualTo("2024-01-15T10:30:00");
    assertThat(SessionTime.text(Instant.parse("2024-01-15T10:30:00.0000019Z")))
        .isEqualTo("2024-01-15T10:30:00.000001");
    assertThat(SessionTime.text(Instant.parse("2024-01-15T10:30:00.5Z")))
        .isEqualTo("2024-01-15T10:30:00.500000");
  }
}
