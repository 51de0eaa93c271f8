package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles the methods with which the client makes a consumer or looks it up: their answers tell how
 * its messages are acknowledged.
 */
final class InfoHandler extends SiteHandler {
  private final NatsTracker tracker;

  InfoHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result != null) {
      tracker.learnt(tracker.servers().ofContext(token), result);
    }
    return result;
  }
}
