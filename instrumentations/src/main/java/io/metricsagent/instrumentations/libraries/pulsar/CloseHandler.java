package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code PulsarClientImpl.cleanupConsumer}: each consumer that ends gets there. */
final class CloseHandler extends SiteHandler {
  private final PulsarTracker tracker;

  CloseHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.closed(arg0);
    return null;
  }
}
