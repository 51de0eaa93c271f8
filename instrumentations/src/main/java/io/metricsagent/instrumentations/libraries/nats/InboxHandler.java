package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code NatsConnection.createInbox}, whose result shows how the inboxes' names begin. */
final class InboxHandler extends SiteHandler {
  private final NatsTracker tracker;

  InboxHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return this;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result instanceof String inbox) {
      tracker.inboxMade(inbox);
    }
    return result;
  }
}
