package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;

/** An operation whose duration OpenTelemetry's conventions for messaging ask for. */
public enum Operation {
  /** A call of the application that got at least one message. */
  RECEIVE,
  /** A call of the application that settled messages of one queue. */
  SETTLE,
  /** A listener of the application that handled one message. */
  PROCESS;

  /**
   * Records an operation that ended without an error. Allocates nothing.
   *
   * @param begin what {@link Mailboxes#begin} returned; nothing is recorded if it is 0
   * @param mailbox {@code null} if there was no message
   */
  public void ended(long begin, MailboxMetrics mailbox) {
    if (begin == 0 || mailbox == null) {
      return;
    }
    long nanos = System.nanoTime() - begin;
    switch (this) {
      case RECEIVE -> mailbox.recordReceiveDuration(nanos);
      case SETTLE -> mailbox.recordSettleDuration(nanos);
      case PROCESS -> mailbox.recordProcessDuration(nanos);
    }
  }
}
