package io.metricsagent.agent.sessions;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the events of a log say of their session as a whole: it is from the first to the last event,
 * and it failed if the last one is an error. Not thread-safe.
 */
final class LogSession {
  private Instant start;
  private String skill;
  private SessionEvent last;

  /** Adds an event; they come in the order of their times. */
  void add(SessionEvent event) {
    start = start == null ? event.timestamp() : start;
    skill = skill == null ? event.skillName() : skill;
    last = event;
  }

  /** Returns the session without its events and tool calls; there has to be an event. */
  Session head() {
    boolean failed = last.eventType().equals(SessionEvent.ERROR);
    return new Session(
        last.sessionId(),
        start,
        last.timestamp(),
        skill,
        "",
        "",
        List.of(),
        List.of(),
        !failed,
        failed ? error() : null,
        JsonNodeFactory.instance.objectNode());
  }

  private String error() {
    for (String field : List.of("message", "error_type")) {
      JsonNode text = last.data().get(field);
      if (text != null && text.isString() && !text.stringValue().isEmpty()) {
        return text.stringValue();
      }
    }
    return SessionEvent.ERROR;
  }
}
