package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code KafkaConsumer.poll}, whose result the application gets. Nested polls of one
 * consumer count as one; a listener of the application may poll another consumer within a poll.
 */
final class PollHandler extends SiteHandler {
  private final KafkaTracker tracker;

  PollHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.polled(self);
    MailboxFrame frame = Nesting.enter(self, self, null);
    if (frame != null) {
      frame.begunAt(tracker.mailboxes().begin());
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    Object consumer = frame.self();
    long begun = frame.begun();
    if (Nesting.exit(frame) && result != null) {
      MailboxMetrics first =
          tracker.polled(consumer).polled(consumer, result, tracker.assignments());
      Operation.RECEIVE.ended(begun, first);
    }
    return result;
  }
}
