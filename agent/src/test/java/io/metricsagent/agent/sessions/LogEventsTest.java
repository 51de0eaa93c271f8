package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.files.ExternalSort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogEventsTest {
  private boolean closed;

  private static byte[] key(long firstLine, String time) {
    return LogEvents.key(firstLine, LogEvents.time(Instant.parse(time)));
  }

  private static ExternalSort.Entry line(long firstLine, String time, String event) {
    String json =
        "{\"timestamp\": \"%s\", \"event\": \"%s\", \"session_id\": \"s\"}".formatted(time, event);
    return new ExternalSort.Entry(key(firstLine, time), json.getBytes(StandardCharsets.UTF_8));
  }

  private LogEvents of(ExternalSort.Entry... lines) throws IOException {
    Iterator<ExternalSort.Entry> all = List.of(lines).iterator();
    return new LogEvents(
        new ExternalSort.Cursor() {
          @Override
          public ExternalSort.Entry next() {
            return all.hasNext() ? all.next() : null;
          }

          @Override
          public void close() {
            closed = true;
          }
        });
  }

  private static List<String> next(LogEvents events) throws IOException {
    List<String> types = new ArrayList<>();
    events.session(event -> types.add(event.eventType()));
    return types;
  }

  @Test
  void eachSessionHasTheEventsOfItsFirstLine() throws IOException {
    try (LogEvents events =
        of(
            line(1, "2024-01-15T10:30:00Z", "a"),
            line(1, "2024-01-15T10:30:01Z", "b"),
            line(3, "2024-01-15T10:30:00Z", "c"))) {
      assertThat(next(events)).containsExactly("a", "b");
      assertThat(events.hasNext()).isTrue();
      assertThat(next(events)).containsExactly("c");
      assertThat(events.hasNext()).isFalse();
    }
    assertThat(closed).isTrue();
  }

  @Test
  void anEmptyLogHasNoSession() throws IOException {
    assertThat(of().hasNext()).isFalse();
  }

  @Test
  void keysAreInTheOrderOfSessionsThenOfTimesAlsoBefore1970() {
    List<byte[]> keys =
        List.of(
            key(1, "1969-12-31T23:59:59Z"),
            key(1, "1970-01-01T00:00:00Z"),
            key(1, "2024-01-15T10:30:00Z"),
            key(1, "2024-01-15T10:30:00.000001Z"),
            key(2, "1969-12-31T23:59:59Z"));

    assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
  }
}
