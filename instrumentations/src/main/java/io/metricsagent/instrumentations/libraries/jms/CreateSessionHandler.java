package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code Connection.createSession} and the other methods that create sessions. */
final class CreateSessionHandler extends SiteHandler {
  private final JmsTracker tracker;

  CreateSessionHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result != null) {
      tracker.sessionCreated(token, result);
    }
    return result;
  }
}
