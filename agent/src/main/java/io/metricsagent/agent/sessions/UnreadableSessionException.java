package io.metricsagent.agent.sessions;

/** A session in a file that holds JSON, but no session; the message says why. */
final class UnreadableSessionException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableSessionException(String message) {
    super(message);
  }
}
