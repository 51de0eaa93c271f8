package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code Message.acknowledge}, which settles all messages of the session or only the one
 * message, depending on the session's mode.
 */
final class AcknowledgeHandler extends SiteHandler {
  private record Timed(Object message, long begun) {}

  private final JmsTracker tracker;

  AcknowledgeHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (tracker.unsettled(self) == null) {
      return null;
    }
    long begun = tracker.begin();
    return begun == 0 ? self : new Timed(self, begun);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Object acknowledged = token instanceof Timed timed ? timed.message : token;
    JmsTracker.Unsettled message = tracker.unsettled(acknowledged);
    if (message == null) {
      return result;
    }
    if (thrown == null) {
      settle(acknowledged, message);
    }
    if (token instanceof Timed timed) {
      Operation.SETTLE.ended(timed.begun, message.mailbox(), thrown);
    }
    return result;
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
