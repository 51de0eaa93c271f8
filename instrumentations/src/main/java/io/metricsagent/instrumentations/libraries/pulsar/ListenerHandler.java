package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ConsumerBase.callMessageListener}. From 3.3.5 on it calls {@code beforeConsume},
 * unless it does not call the listener at all, because the consumer is closed or the message is to
 * be delivered again. It throws nothing that the listener throws: {@link WatchedListener} tells.
 */
final class ListenerHandler extends SiteHandler {
  private final PulsarTracker tracker;

  ListenerHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.consumer(self);
    if (consumer == null) {
      return null;
    }
    MailboxFrame frame = Nesting.enter(this, consumer, null);
    if (frame == null) {
      return null;
    }
    frame.begunAt(tracker.mailboxes().begin());
    if (consumer.wasEarly()) {
      ListenerCall.handOver(frame, consumer, arg0);
    }
    return frame;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    long begun = frame.begun();
    MailboxMetrics queue = frame.mailbox();
    Throwable failure = ListenerCall.failure(frame);
    if (Nesting.exit(frame)) {
      Operation.PROCESS.ended(begun, queue, failure);
    }
    return result;
  }
}
