package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ConsumerBase.beforeConsume}, which the client calls for each message that a method
 * is about to return, a future to complete with, or a listener to get. Messages to a listener that
 * has a queue are counted while the client calls it.
 */
final class HandOverHandler extends SiteHandler {
  private final PulsarTracker tracker;

  HandOverHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.open(self);
    if (consumer == null || consumer.isInner()) {
      return null;
    }
    if (!consumer.hasListener()) {
      consumer.handOver(arg0);
      return null;
    }
    MailboxFrame listener = ListenerCall.of(consumer);
    if (listener == null) {
      consumer.isEarly();
    } else {
      ListenerCall.handOver(listener, consumer, arg0);
    }
    return null;
  }
}
