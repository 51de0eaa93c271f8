package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that all acknowledgements end in. The client sends nothing for a message that
 * is settled, and remembers in the message what it sent last.
 */
final class SettleHandler extends SiteHandler {
  private static final Accessor LAST_ACK = Accessor.path("lastAck()");

  private final NatsTracker tracker;

  SettleHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return Settlement.of(LAST_ACK.read(self)).isFinal() ? null : self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown == null) {
      tracker.told(token, Settlement.of(LAST_ACK.read(token)));
    }
    return result;
  }
}
