package io.metricsagent.exporters.otlp;

import java.io.IOException;

/** An export that did not reach its receiver, or that the receiver did not take in full. */
final class ExportException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean taken;

  /**
   * Makes an exception.
   *
   * @param taken whether the receiver has seen the data and must not get it again
   */
  ExportException(String message, Throwable cause, boolean taken) {
    super(message, cause);
    this.taken = taken;
  }

  boolean isTaken() {
    return taken;
  }
}
