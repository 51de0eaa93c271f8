package io.metricsagent.instrumentations.libraries.springintegration;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles the constructors of {@code QueueChannel}: whether the queue is in memory. */
final class MadeHandler extends SiteHandler {
  private final ChannelTracker tracker;

  MadeHandler(ChannelTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.made(self, arg0);
    return null;
  }
}
