package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code Message.acknowledge}, which settles all messages of the session or only the one
 * message, depending on the session's mode. A message's class may pass the call on, to its super
 * class or to the session: that is one acknowledgement, which is timed where it begins.
 */
final class AcknowledgeHandler extends SiteHandler {
  private final JmsTracker tracker;

  AcknowledgeHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    JmsTracker.Unsettled message = tracker.unsettled(self);
    if (message == null) {
      return null;
    }
    long begun = tracker.begin();
    MailboxFrame call = begun == 0 ? null : Nesting.enter(tracker, self, null);
    if (call == null) { // calls are not timed, or this one is within another one
      return self;
    }
    call.begunAt(begun);
    call.of(message.mailbox());
    return call;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (token instanceof MailboxFrame call) {
      Object acknowledged = call.self();
      long begun = call.begun();
      MailboxMetrics mailbox = call.mailbox();
      boolean wasHere = Nesting.exit(call);
      ended(acknowledged, thrown);
      if (wasHere) {
        Operation.SETTLE.ended(begun, mailbox, thrown);
      }
    } else {
      ended(token, thrown);
    }
    return result;
  }

  private void ended(Object acknowledged, Throwable thrown) {
    JmsTracker.Unsettled message = thrown == null ? tracker.unsettled(acknowledged) : null;
    if (message != null) {
      settle(acknowledged, message);
    }
  }

  private void settle(Object acknowledged, JmsTracker.Unsettled message) {
    if (message.session().settlesEachMessage()) {
      tracker.forget(acknowledged);
      message.session().settled(message.mailbox(), 1);
      message.mailbox().recordAcked(1);
    } else {
      message.session().acknowledgeAll();
    }
  }
}
