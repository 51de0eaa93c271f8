package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles methods that the client calls on its own parts within each poll: these show which
 * consumer the part belongs to. A part reports commits on any thread.
 */
final class PartHandler extends SiteHandler {
  private final KafkaTracker tracker;

  PartHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.partOfPolled(self);
    return null;
  }
}
