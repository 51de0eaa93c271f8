package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods by which the application waits for a message, and the one by which the client
 * calls a handler of the application, only to time them: which queue such a call is of, the message
 * tells within it. So a call that gets no message is not timed, nor is one that fails before.
 */
final class CallHandler extends SiteHandler {
  private final NatsTracker tracker;
  private final Operation operation;

  CallHandler(NatsTracker tracker, Operation operation) {
    this.tracker = tracker;
    this.operation = operation;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    long begun = tracker.begin();
    // The methods call one another, and each class of them has a handler of its own.
    MailboxFrame frame = begun == 0 ? null : Nesting.enter(operation, tracker, null);
    if (frame != null) {
      frame.begunAt(begun);
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    long begun = frame.begun();
    MailboxMetrics mailbox = frame.mailbox();
    if (Nesting.exit(frame)) {
      operation.ended(begun, mailbox, thrown);
    }
    return result;
  }
}
