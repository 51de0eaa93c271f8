package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code MessageManager.manage}, which each way to receive a message of JetStream passes:
 * it says whether the application gets the message next, or whether it is one of the protocol, or
 * out of order.
 */
final class ReceiveHandler extends SiteHandler {
  private final NatsTracker tracker;

  ReceiveHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return arg0;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof Enum<?> managed && managed.name().equals("MESSAGE")) {
      tracker.delivered(token);
    }
    return result;
  }
}
