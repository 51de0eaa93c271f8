package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that all acknowledgements end in. The client sends nothing for a message that
 * is settled, and remembers in the message what it sent last.
 */
final class SettleHandler extends SiteHandler {
  private static final Accessor LAST_ACK = Accessor.path("lastAck()");

  private record Timed(Object message, Settlement settlement, long begun) {}

  private final NatsTracker tracker;

  SettleHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (Settlement.of(LAST_ACK.read(self)).isFinal()) {
      return null;
    }
    long begun = tracker.begin();
    return begun == 0 ? self : new Timed(self, intended(arg0), begun);
  }

  /** Returns what is going to be said: {@code ackSync} has no argument for it. */
  private static Settlement intended(Object ackType) {
    return ackType instanceof Enum<?> ? Settlement.of(ackType) : Settlement.ACKED;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    Object message = token instanceof Timed timed ? timed.message : token;
    if (thrown == null) {
      tracker.told(message, Settlement.of(LAST_ACK.read(message)));
    }
    if (token instanceof Timed timed && timed.settlement.isFinal()) {
      Operation.SETTLE.ended(timed.begun, tracker.queueOf(message), thrown);
    }
    return result;
  }
}
