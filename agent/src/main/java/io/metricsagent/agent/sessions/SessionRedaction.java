package io.metricsagent.agent.sessions;

import io.metricsagent.agent.redaction.Redactor;

/** Replaces the secrets in all texts of a session. Thread-safe. */
public final class SessionRedaction {
  private final Redactor redactor;

  /** Makes a redaction by a redactor. */
  public SessionRedaction(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Returns the session without secrets. */
  public Session of(Session session) {
    return new Session(
        redactor.redact(session.sessionId()),
        session.startTime(),
        session.endTime(),
        orNull(session.skillName()),
        redactor.redact(session.prompt()),
        redactor.redact(session.output()),
        session.events().stream().map(this::of).toList(),
        session.toolCalls().stream().map(redactor::redact).toList(),
        session.success(),
        orNull(session.error()),
        redactor.redact(session.metadata()));
  }

  SessionEvent of(SessionEvent event) {
    return new SessionEvent(
        event.timestamp(),
        redactor.redact(event.eventType()),
        orNull(event.skillName()),
        redactor.redact(event.data()),
        orNull(event.sessionId()));
  }

  private String orNull(String text) {
    return text == null ? null : redactor.redact(text);
  }
}
