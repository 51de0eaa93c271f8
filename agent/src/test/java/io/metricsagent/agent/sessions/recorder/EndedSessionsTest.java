package io.metricsagent.agent.sessions.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.SessionSettings;
import io.metricsagent.agent.sessions.Session;
import io.metricsagent.agent.sessions.SessionBuilder;
import io.metricsagent.exporters.testing.Printed;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

class EndedSessionsTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:00:00Z");

  private final List<String> files = new ArrayList<>();
  private boolean diskIsFull;
  private int attempts;
  private final EndedSessions ended =
      new EndedSessions(
          new SessionSettings(
              true,
              List.of("files"),
              1,
              false,
              null,
              Duration.ofMinutes(10),
              new File("unused"),
              3,
              Duration.ofDays(7)),
          "w",
          (time, file) -> {
            attempts++;
            if (diskIsFull) {
              throw new IOException("no space left");
            }
            files.add(new String(file, StandardCharsets.UTF_8));
          });

  private static Session session(String id, int depth) {
    ArrayNode nested = JsonNodeFactory.instance.arrayNode();
    ArrayNode inner = nested;
    for (int i = 1; i < depth; i++) {
      inner = inner.addArray();
    }
    SessionBuilder session = new SessionBuilder(NOW);
    session.metadata().set("nested", nested);
    return session.end(id, NOW, true, null);
  }

  @Test
  void aSessionThatCannotBeWrittenIsLostAndNotTheOthers() {
    ended.add(session("good", 1), 0);
    ended.add(session("too deep", 1000), 0);
    ended.write(NOW);

    assertThat(files).singleElement().asString().contains("good").doesNotContain("too deep");
    assertThat(ended.lost()).isOne();

    ended.add(session("too deep", 1000), 0);
    ended.write(NOW);
    assertThat(files).hasSize(1);

    assertThat(Printed.by(() -> ended.close(NOW)))
        .containsExactly("[metrics-agent] warn: 2 sessions could not be written");
  }

  /** What waits may be many megabytes of JSON, which nobody must write each second in vain. */
  @Test
  void aDiskThatIsFullIsTriedAgainAfterAPauseAndAtTheEnd() {
    diskIsFull = true;
    ended.add(session("s", 1), 0);
    ended.write(NOW);
    ended.write(NOW.plusSeconds(1));
    assertThat(attempts).isOne();

    ended.write(NOW.plus(EndedSessions.PAUSE));
    assertThat(attempts).isEqualTo(2);
    diskIsFull = false;
    ended.close(NOW.plus(EndedSessions.PAUSE).plusSeconds(1));
    assertThat(files).hasSize(1);
    assertThat(ended.lost()).isZero();
  }
}
