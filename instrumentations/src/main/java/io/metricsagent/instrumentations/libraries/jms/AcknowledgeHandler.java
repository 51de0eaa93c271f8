package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code Message.acknowledge}, which settles all messages of the session or only the one
 * message, depending on the session's mode.
 */
final class AcknowledgeHandler extends SiteHandler {
  private final JmsTracker tracker;

  AcknowledgeHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return tracker.unsettled(self) == null ? null : self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    JmsTracker.Unsettled message = tracker.unsettled(token);
    if (thrown != null || message == null) {
      return result;
    }
    if (message.session().settlesEachMessage()) {
      tracker.forget(token);
      message.session().settled(message.mailbox(), 1);
      message.mailbox().recordAcked(1);
    } else {
      message.session().acknowledgeAll();
    }
    return result;
  }
}
