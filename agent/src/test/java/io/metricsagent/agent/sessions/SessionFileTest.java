package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SessionFileTest {
  private static final String GOOD =
      "{\"session_id\": \"good\", \"start_time\": \"2024-01-15T10:30:00\"}";

  private final List<Session> sessions = new ArrayList<>();
  private final List<SessionSummary> summaries = new ArrayList<>();

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private SkippedSessions readBoth(String... list) throws IOException {
    String file = "{\"sessions\": [" + String.join(",", list) + "]}";
    SkippedSessions skipped = SessionFile.sessions(stream(file), sessions::add).skipped();
    SessionFile.summaries(stream(file), summaries::add);
    return skipped;
  }

  @Test
  void whatIsWrittenIsReadEqual() throws IOException {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("text", "ä\u0000\u001b[31m\ud83d\ude00\ud800\u2028\"\\");
    data.put("large", Long.MAX_VALUE);
    data.put("fraction", 0.1);
    data.putArray("list").add(true).addNull();
    SessionBuilder builder = new SessionBuilder(Instant.parse("2024-01-15T10:30:00.001Z"));
    builder.add(Instant.parse("2024-01-15T10:30:00.5Z"), "tool.called", "skill", data);
    builder.prompt("Frage\n\ud800");
    builder.output("漢字");
    builder.metadata().put("k", "v");
    Session session =
        builder.end("id-1", Instant.parse("2024-01-15T10:31:00Z"), false, "interrupted");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SessionWriter.write(out, Instant.EPOCH, List.of(session, session));

    SessionFile.sessions(new ByteArrayInputStream(out.toByteArray()), sessions::add);
    SessionFile.summaries(new ByteArrayInputStream(out.toByteArray()), summaries::add);

    assertThat(sessions).containsExactly(session, session);
    assertThat(summaries)
        .hasSize(2)
        .contains(new SessionSummary(session.startTime(), session.endTime(), "skill", false, 1));
    assertThat(out.toByteArray()).as("is ASCII").matches(b -> allAscii(b));
  }

  private static boolean allAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "[]",
        "\"text\"",
        "{}",
        "{\"session_id\": \"a\"}",
        "{\"start_time\": \"2024-01-15T10:30:00\"}",
        "{\"session_id\": null, \"start_time\": \"2024-01-15T10:30:00\"}",
        "{\"session_id\": 7, \"start_time\": \"2024-01-15T10:30:00\"}",
        "{\"session_id\": \"a\", \"start_time\": \"yesterday\"}",
        "{\"session_id\": \"a\", \"start_time\": 17}",
        "{\"session_id\": \"a\", \"start_time\": \"2024-01-15T10:30:00\", \"end_time\": {}}",
        "{\"session_id\": \"a\", \"start_time\": \"2024-01-15T10:30:00\", \"skill_name\": [1]}",
        "{\"session_id\": \"a\", \"start_time\": \"2024-01-15T10:30:00\", \"tool_calls\": {}}"
      })
  void whatIsNoSessionIsSkippedAndToldWithItsPlace(String other) throws IOException {
    SkippedSessions skipped = readBoth(GOOD, other, GOOD);
    assertThat(skipped.count()).isEqualTo(1);
    assertThat(skipped.first().get(0)).startsWith("2 (");
    assertThat(sessions).hasSize(2);
    assertThat(summaries).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"metadata\": {\"n\": 1e999}",
        "\"metadata\": {\"n\": NaN}",
        "\"events\": [7]",
        "\"events\": [{\"event_type\": \"error\"}]"
      })
  void wholeSessionsAreSkippedForTheirContents(String field) throws IOException {
    String bad = "{\"session_id\": \"a\", \"start_time\": \"2024-01-15T10:30:00\", " + field + "}";
    assertThat(readBoth(bad, GOOD).count()).isEqualTo(1);
    assertThat(sessions).extracting(Session::sessionId).containsExactly("good");
  }

  @Test
  void aSessionThatIsTooLargeIsSkipped() throws IOException {
    String event = "{\"timestamp\": \"2024-01-15T10:30:00\", \"event_type\": \"x\"}";
    String large =
        GOOD.replace("}", ", \"events\": [" + (event + ",").repeat(200_000) + event + "]}");
    assertThat(readBoth(large, GOOD).first()).containsExactly("1 (larger than 8 MB)");
    assertThat(sessions).hasSize(1);
    assertThat(summaries).as("an analysis keeps no events").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{\"sessions\": [",
        "{\"sessions\": [" + GOOD + ", {\"session_id\": \"b",
        "{\"sessions\": {}}",
        "{\"sessions\": []} more",
        "{\"sessions\": []}{\"sessions\": []}"
      })
  void aFileThatIsTornOrNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> SessionFile.summaries(stream(text), summaries::add))
        .isInstanceOf(SessionFileException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] latin =
        ("{\"sessions\": [{\"session_id\": \"\u00e4\u00e4\"}]}")
            .getBytes(StandardCharsets.ISO_8859_1);
    for (boolean whole : new boolean[] {true, false}) {
      assertThatThrownBy(
              () -> {
                if (whole) {
                  SessionFile.sessions(new ByteArrayInputStream(latin), sessions::add);
                } else {
                  SessionFile.summaries(new ByteArrayInputStream(latin), summaries::add);
                }
              })
          .isInstanceOf(SessionFileException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void deepNestingIsRefusedWithoutExhaustingTheStack() {
    String deep = GOOD.replace("}", ", \"metadata\": " + "{\"a\":".repeat(100_000));
    assertThatThrownBy(() -> readBoth(deep))
        .isInstanceOf(SessionFileException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void otherJsonHasNoSessions() throws IOException {
    assertThat(SessionFile.summaries(stream("{\"a\": [1]}"), summaries::add).hasSessions())
        .isFalse();
    assertThat(SessionFile.summaries(stream("{\"sessions\": []}"), summaries::add).hasSessions())
        .isTrue();
  }

  /** Sessions of 1 GB in all are read; the tests run with less memory than that. */
  @Test
  void aFileMayBeLargerThanTheMemory() throws IOException {
    byte[] session =
        (GOOD.replace("}", ", \"output\": \"" + "x".repeat(1 << 20) + "\"}") + ", ")
            .getBytes(StandardCharsets.UTF_8);
    int count = 1000;
    Iterator<InputStream> parts =
        IntStream.rangeClosed(0, count + 1)
            .mapToObj(
                i ->
                    i == 0
                        ? stream("{\"sessions\": [")
                        : i <= count ? new ByteArrayInputStream(session) : stream(GOOD + "]}"))
            .iterator();
    long[] found = new long[1];
    SessionFile.summaries(
        new SequenceInputStream(Collections.enumeration(iterable(parts))), s -> found[0]++);
    assertThat(found[0]).isEqualTo(count + 1);
  }

  private static List<InputStream> iterable(Iterator<InputStream> parts) {
    List<InputStream> list = new ArrayList<>();
    parts.forEachRemaining(list::add);
    return list;
  }
}
