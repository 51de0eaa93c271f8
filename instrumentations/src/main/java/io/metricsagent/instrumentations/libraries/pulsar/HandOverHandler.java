package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ConsumerBase.beforeConsume}, which the client calls for each message that a method
 * is about to return, a future to complete with, or a listener to get. Messages to a listener that
 * has a queue are counted while the client calls it, and those of consumers that call this method
 * for some messages only by {@link TakenHandler}.
 */
final class HandOverHandler extends SiteHandler {
  private final PulsarTracker tracker;

  HandOverHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    ConsumerState consumer = tracker.open(self);
    if (consumer == null || consumer.isInner() || consumer.isSilent()) {
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
