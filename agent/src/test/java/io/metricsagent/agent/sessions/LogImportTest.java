package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.JsonLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogImportTest {
  private static final String LINE =
      "{\"timestamp\": \"2024-01-15T10:30:0%d\", \"event\": \"%s\", \"session_id\": \"s\"%s}";

  private final LogImport log = new LogImport();

  private static String line(int second, String event, String more) {
    return String.format(LINE, second, event, more);
  }

  private long skipped(String text) throws IOException {
    return log.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).count();
  }

  private Session only() {
    assertThat(log.sessions()).hasSize(1);
    return log.sessions().iterator().next();
  }

  @Test
  void eventsOfSeveralLogsAreInTheOrderOfTheirTimes() throws IOException {
    skipped(line(5, "c", "") + "\n" + line(1, "a", "") + "\r\n");
    skipped(line(3, "b", ""));
    assertThat(only().events()).extracting(SessionEvent::eventType).containsExactly("a", "b", "c");
    assertThat(only().durationMs()).isEqualTo(4000);
  }

  @Test
  void aSessionWhoseLastEventIsAnErrorHasFailed() throws IOException {
    skipped(
        line(1, "error", ", \"data\": {\"error_type\": \"Timeout\"}")
            + "\n"
            + line(2, "llm.response", ""));
    assertThat(only().success()).isTrue();
    skipped(line(3, "error", ", \"data\": {\"error_type\": \"Timeout\", \"message\": \"late\"}"));
    assertThat(only().success()).isFalse();
    assertThat(only().error()).isEqualTo("late");
  }

  @Test
  void theFieldMayBeCalledSession() throws IOException {
    assertThat(skipped(line(1, "a", "").replace("session_id", "session"))).isZero();
    assertThat(only().sessionId()).isEqualTo("s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "[1]",
        "{}",
        "{\"timestamp\": \"2024-01-15T10:30:00\", \"event\": \"a\"}",
        "{\"timestamp\": \"no\", \"event\": \"a\", \"session_id\": \"s\"}",
        "{\"timestamp\": 1705314600, \"event\": \"a\", \"session_id\": \"s\"}",
        "{\"timestamp\": \"2024-01-15T10:30:00\", \"session_id\": \"s\"}",
        "{\"timestamp\": \"2024-01-15T10:30:00\", \"event\": \"a\", \"session_id\": \"s\","
            + " \"data\": 1}",
        "{\"timestamp\": \"2024-01-15T10:30:00\", \"event\": \"a\", \"session_id\": \"s\"} x",
        "{\"timestamp\": \"2024-01-15T10:30:00\", \"event\": \"a\", \"session_id\":"
      })
  void otherLinesAreSkipped(String other) throws IOException {
    assertThat(
            log.read(
                    new ByteArrayInputStream(
                        (other + "\n\n" + line(1, "a", "") + "\n" + other)
                            .getBytes(StandardCharsets.UTF_8)))
                .first())
        .isEqualTo(List.of(1L, 4L));
    assertThat(only().events()).hasSize(1);
  }

  @Test
  void aLineThatIsTooLongOrNestedTooDeepIsSkipped() throws IOException {
    String longLine = line(1, "x".repeat(JsonLines.MAX_LINE), "");
    String deep = line(1, "a", ", \"data\": " + "{\"a\":".repeat(100_000));
    assertThat(skipped(longLine + "\n" + deep + "\n" + line(2, "b", "") + "\n")).isEqualTo(2);
    assertThat(only().events()).extracting(SessionEvent::eventType).containsExactly("b");
  }

  @Test
  void bytesThatAreNoUtf8AreSkipped() throws IOException {
    byte[] bad = line(1, "\u00e4\u00e4", "").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(log.read(new ByteArrayInputStream(bad)).count()).isEqualTo(1);
    assertThat(log.sessions()).isEmpty();
  }
}
