package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code MessageConsumer.receive}: counts the calls of the provider's own consumer, not
 * those of wrappers around it.
 */
final class ReceiveHandler extends SiteHandler {
  private final JmsTracker tracker;

  ReceiveHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    MailboxFrame frame = Nesting.enterInner(this, self);
    if (frame != null) {
      frame.begunAt(tracker.begin());
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    Object consumer = frame.self();
    long begun = frame.begun();
    if (Nesting.exitInner(frame, result != null)) {
      JmsSession session = tracker.sessionOf(consumer);
      MailboxMetrics mailbox = tracker.received(result, session);
      Operation.RECEIVE.ended(begun, mailbox);
      if (session != null && session.settlesByItself()) {
        mailbox.recordAcked(1);
      }
    }
    return result;
  }
}
