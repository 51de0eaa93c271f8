package io.metricsagent.exporters.otlp;

import java.io.IOException;

/** Thrown if an export did not reach its receiver, or the receiver rejected it or a part of it. */
final class ExportException extends IOException {
  private static final long serialVersionUID = 1;

  /** What has become of the data. */
  enum Fate {
    /** It did not arrive, and may be sent again. */
    KEPT,

    /** The receiver has processed it, in part at least, and must not get it again. */
    TAKEN,

    /** The receiver refuses it, and OTLP forbids to send the same request again. */
    REFUSED
  }

  private final Fate fate;
  private final long rejected;

  ExportException(String message, Throwable cause, Fate fate) {
    this(message, cause, fate, 0);
  }

  /**
   * Makes an exception.
   *
   * @param rejected how many points or records of a request that was taken were rejected
   */
  ExportException(String message, Throwable cause, Fate fate, long rejected) {
    super(message, cause);
    this.fate = fate;
    this.rejected = rejected;
  }

  boolean isTaken() {
    return fate == Fate.TAKEN;
  }

  boolean isRefused() {
    return fate == Fate.REFUSED;
  }

  /** Returns how many points or records of a request that was taken were rejected. */
  long rejected() {
    return rejected;
  }
}
