package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods that give a consumer other partitions, on a thread of the client: the next
 * poll looks at the partitions that its consumer has.
 */
final class AssignedHandler extends SiteHandler {
  private final KafkaTracker tracker;

  AssignedHandler(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    tracker.assigned();
    return result;
  }
}
