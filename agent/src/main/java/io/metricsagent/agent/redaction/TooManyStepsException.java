package io.metricsagent.agent.redaction;

/** A search was given up because it would have taken too long. Without a stack trace. */
final class TooManyStepsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyStepsException() {
    super("too many steps", null, false, false);
  }
}
