package io.metricsagent.agent.cli;

/** Ends a command with a message for the user. */
final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command could not begin. */
  static CliException usage(String message) {
    return new CliException(2, message, null);
  }

  /** The command failed on the way. */
  static CliException failed(String message, Throwable cause) {
    return new CliException(1, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
