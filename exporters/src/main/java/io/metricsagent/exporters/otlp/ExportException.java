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
    REFUSED,

    /** As {@link #REFUSED}, because of something that the request holds. */
    INVALID
  }

  private final Fate fate;
  private final long rejected;
  private final long retryAfterNanos;

  ExportException(String message, Throwable cause, Fate fate) {
    this(message, cause, fate, 0, -1);
  }

  private ExportException(
      String message, Throwable cause, Fate fate, long rejected, long retryAfterNanos) {
    super(message, cause);
    this.fate = fate;
    this.rejected = rejected;
    this.retryAfterNanos = retryAfterNanos;
  }

  /**
   * Makes an exception for a request that was taken.
   *
   * @param rejected how many of its points or records were rejected
   */
  static ExportException taken(String message, long rejected) {
    return new ExportException(message, null, Fate.TAKEN, rejected, -1);
  }

  /** Returns this exception with the time that the receiver asks us to wait, or -1. */
  ExportException retryAfter(long nanos) {
    ExportException same = new ExportException(getMessage(), getCause(), fate, rejected, nanos);
    same.setStackTrace(getStackTrace());
    return same;
  }

  /** Returns how long the receiver asks us to wait before the next request, or -1. */
  long retryAfterNanos() {
    return retryAfterNanos;
  }

  boolean isTaken() {
    return fate == Fate.TAKEN;
  }

  /** Returns whether the same request must not be sent again. */
  boolean isRefused() {
    return fate == Fate.REFUSED || fate == Fate.INVALID;
  }

  /** Returns whether the receiver might take parts of what it has refused. */
  boolean isInvalid() {
    return fate == Fate.INVALID;
  }

  /** Returns how many points or records of a request that was taken were rejected. */
  long rejected() {
    return rejected;
  }
}
