package io.metricsagent.agent.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.SkippedLines;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportJsonTest {
  /** As Python 3 prints {@code repr} of these numbers. */
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "0.5, 0.5",
    "-0.0, -0.0",
    "0.3333333333333333, 0.3333333333333333",
    "1760054400, 1760054400.0",
    "1760054400.123, 1760054400.123",
    "-62135596800, -62135596800.0",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "0.000123, 0.000123",
    "0.0000123, 1.23e-05",
    "9007199254740993, 9007199254740992.0",
    "1e16, 1e+16",
    "-1.5e16, -1.5e+16",
    "2e23, 2e+23",
    "8.41e21, 8.41e+21",
    "1e100, 1e+100",
    "4.9e-324, 5e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
  })
  void numbers(double value, String text) {
    assertThat(ReportJson.number(value)).isEqualTo(text);
  }

  @Test
  void stringsAreAscii() {
    assertThat(ReportJson.string("a\"\\\b\f\n\r\t/\u001b\u007f\u00e4\uD83D\uDE00~"))
        .isEqualTo("\"a\\\"\\\\\\b\\f\\n\\r\\t/\\u001b\\u007f\\u00e4\\ud83d\\ude00~\"");
  }

  @Test
  void anEmptyReport() {
    assertThat(ReportJson.text(WasrReport.empty(new Window(7, 1_760_054_400))))
        .isEqualTo(
            """
            {
              "quickstart": {
                "attempts": 0,
                "success_rate": 0.0,
                "successes": 0
              },
              "retention": [],
              "scenarios": {},
              "wasr": 0,
              "window": {
                "end": 1760054400.0,
                "lookback_days": 7,
                "start": 1759449600.0
              }
            }\
            """);
  }

  @Test
  void namesAreInTheOrderOfTheirCodePoints() {
    WasrReport report =
        new WasrReport(
            new Window(1, 0),
            3,
            0,
            0,
            0,
            Map.of("\uFFFD", 1L, "\uD83D\uDE00", 2L, "Z", 3L, "a", 4L, "", 5L),
            List.of(),
            SkippedLines.NONE);
    assertThat(ReportJson.text(report))
        .contains(
            """
              "scenarios": {
                "": 5,
                "Z": 3,
                "a": 4,
                "\\ufffd": 1,
                "\\ud83d\\ude00": 2
              },
            """);
  }
}
