package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the constructors of {@code NatsJetStreamImpl}, which get the connection, or another such
 * object with one: what the client is told about consumers by this object, is of that server.
 */
final class MadeHandler extends SiteHandler {
  private final NatsTracker tracker;

  MadeHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (arg0 != null) {
      tracker.servers().made(self, arg0);
    }
    return null;
  }
}
