package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods by which the client tells its interceptors about offsets that the broker has
 * committed. The client calls them after each successful commit, whether the application has
 * interceptors or not, some commits twice.
 */
final class CommittedHandler extends SiteHandler {
  private final KafkaTracker tracker;

  CommittedHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    tracker.committed(self, arg0);
    return null;
  }
}
