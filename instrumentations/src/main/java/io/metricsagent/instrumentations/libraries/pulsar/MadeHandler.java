package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles the constructor of {@code ConsumerBase}, whose third argument is the settings. */
final class MadeHandler extends SiteHandler {
  private final PulsarTracker tracker;

  MadeHandler(PulsarTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.made(self, arg2);
    return null;
  }
}
