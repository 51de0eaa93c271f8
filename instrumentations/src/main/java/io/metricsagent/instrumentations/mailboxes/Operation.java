package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Errors;

/** An operation whose duration OpenTelemetry's conventions for messaging ask for. */
public enum Operation {
  /** A call of the application that got at least one message. */
  RECEIVE,
  /** A call of the application that settled messages. */
  SETTLE,
  /** A listener of the application that handled one message, or a batch that it got in one call. */
  PROCESS;

  /**
   * Records an operation that ended without an error. Allocates nothing.
   *
   * @param begin what {@link Mailboxes#begin} returned; nothing is recorded if it is 0
   * @param mailbox {@code null} if there was no message
   */
  public void ended(long begin, MailboxMetrics mailbox) {
    ended(begin, mailbox, null);
  }

  /**
   * Records an operation that ended. Allocates nothing, unless it failed. A wait that the
   * application gave up ({@link GivenUp}) is no failure and is not recorded; what a listener throws
   * is one, whatever it is.
   *
   * @param begin what {@link Mailboxes#begin} returned; nothing is recorded if it is 0
   * @param mailbox {@code null} if there was no message, or the queue is not known
   * @param thrown what the operation threw, or {@code null}
   */
  public void ended(long begin, MailboxMetrics mailbox, Throwable thrown) {
    if (begin == 0 || mailbox == null || this != PROCESS && GivenUp.is(thrown)) {
      return;
    }
    long nanos = System.nanoTime() - begin;
    String errorType = thrown == null ? null : Errors.type(thrown);
    switch (this) {
      case RECEIVE -> mailbox.recordReceiveDuration(nanos, errorType);
      case SETTLE -> mailbox.recordSettleDuration(nanos, errorType);
      case PROCESS -> mailbox.recordProcessDuration(nanos, errorType);
    }
  }
}
