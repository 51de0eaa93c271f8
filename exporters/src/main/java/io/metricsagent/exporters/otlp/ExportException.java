package io.metricsagent.exporters.otlp;

import java.io.IOException;

/** Thrown if an export did not reach its receiver, or the receiver rejected it or a part of it. */
final class ExportException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean taken;

  /**
   * Makes an exception.
   *
   * @param taken whether the receiver has processed the data and must not get it again
   */
  ExportException(String message, Throwable cause, boolean taken) {
    super(message, cause);
    this.taken = taken;
  }

  boolean isTaken() {
    return taken;
  }
}
