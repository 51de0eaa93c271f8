package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.ExternalSort;
import io.metricsagent.agent.files.JsonLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  private List<Session> sessions() throws IOException {
    return sessions(log);
  }

  private static List<Session> sessions(LogImport log) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<Session> sessions = new ArrayList<>();
    long count = log.writeTo(file, Instant.EPOCH, null);
    SessionFile.sessions(new ByteArrayInputStream(file.toByteArray()), sessions::add);
    assertThat(sessions).hasSize((int) count);
    return sessions;
  }

  private Session only() throws IOException {
    assertThat(sessions()).hasSize(1);
    return sessions().get(0);
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
    skipped(line(3, "error", ", \"data\": {\"error_type\": \"Timeout\", \"message\": \"late\"}"));
    assertThat(only().success()).isFalse();
    assertThat(only().error()).isEqualTo("late");
  }

  @Test
  void anErrorThatIsNotTheLastEventIsNoFailure() throws IOException {
    skipped(line(2, "llm.response", "") + "\n" + line(1, "error", ""));
    assertThat(only().success()).isTrue();
    assertThat(only().error()).isNull();
  }

  @Test
  void toolCallsAreListedOnceMoreUnlessTheyHaveNoData() throws IOException {
    skipped(
        line(2, "tool.called", ", \"data\": {\"tool\": \"b\"}")
            + "\n"
            + line(1, "tool.called", ", \"data\": {\"tool\": \"a\"}")
            + "\n"
            + line(3, "tool.called", ", \"skill\": \"deploy\""));
    assertThat(only().toolCalls())
        .extracting(call -> call.get("tool").asString())
        .containsExactly("a", "b");
    assertThat(only().skillName()).isEqualTo("deploy");
  }

  /** The second import keeps a few lines in memory, and so sorts in files. */
  @Test
  void sessionsAreInTheOrderOfTheirFirstLinesWhateverTheMemoryHolds() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines
          .append(line(i % 10, "e" + i, "").replace("\"s\"", "\"s" + i * 7 % 31 + "\""))
          .append('\n');
    }
    List<List<Session>> results = new ArrayList<>();
    for (long limit : new long[] {1 << 20, 2000}) {
      try (LogImport other = new LogImport(new ExternalSort(limit), new ExternalSort(limit))) {
        other.read(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)));
        results.add(sessions(other));
      }
    }
    assertThat(results.get(1)).isEqualTo(results.get(0)).hasSize(31);
    assertThat(results.get(0).get(1).sessionId()).isEqualTo("s7");
    assertThat(results.get(0))
        .allSatisfy(
            session ->
                assertThat(session.events())
                    .isSortedAccordingTo(Comparator.comparing(SessionEvent::timestamp)));
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
        "{\"timestamp\": \"9999-12-31T23:59:59-18:00\", \"event\": \"a\", \"session_id\": \"s\"}",
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
    assertThat(sessions()).isEmpty();
  }
}
