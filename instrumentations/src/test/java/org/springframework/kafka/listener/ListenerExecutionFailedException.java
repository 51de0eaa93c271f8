package org.springframework.kafka.listener;

/** As Spring's: wraps what the listener threw. */
public final class ListenerExecutionFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Wraps an exception. */
  public ListenerExecutionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
