package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LogSessionTest {
  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");

  private final LogSession log = new LogSession();
  private final ObjectNode data = JsonNodeFactory.instance.objectNode();

  private void add(int seconds, String type, String skill) {
    log.add(new SessionEvent(START.plusSeconds(seconds), type, skill, data, "s-1"));
  }

  @Test
  void aSessionIsFromItsFirstToItsLastEventWithItsFirstSkill() {
    add(0, "tool.called", null);
    add(1, "skill.invoked", "deploy");
    add(2, "skill.invoked", "other");

    Session head = log.head();
    assertThat(head.sessionId()).isEqualTo("s-1");
    assertThat(head.startTime()).isEqualTo(START);
    assertThat(head.endTime()).isEqualTo(START.plusSeconds(2));
    assertThat(head.skillName()).isEqualTo("deploy");
    assertThat(head.success()).isTrue();
    assertThat(head.error()).isNull();
  }

  @Test
  void onlyAnErrorAtTheEndIsAFailure() {
    add(0, "error", null);
    add(1, "tool.called", null);
    assertThat(log.head().success()).isTrue();

    add(2, "error", null);
    assertThat(log.head().success()).isFalse();
    assertThat(log.head().error()).isEqualTo("error");
  }

  @Test
  void theErrorIsTheMessageElseTheType() {
    data.put("error_type", "Timeout").put("message", "");
    add(0, "error", null);
    assertThat(log.head().error()).isEqualTo("Timeout");

    data.put("message", "too slow");
    assertThat(log.head().error()).isEqualTo("too slow");

    data.put("message", 7);
    assertThat(log.head().error()).as("no text").isEqualTo("Timeout");
  }
}
