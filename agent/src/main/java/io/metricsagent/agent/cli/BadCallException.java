package io.metricsagent.agent.cli;

/** A call that cannot be played; the message says why. */
final class BadCallException extends Exception {
  private static final long serialVersionUID = 1L;

  BadCallException(String message) {
    super(message);
  }
}
