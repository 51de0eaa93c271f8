package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles methods of connections that create sessions, and of sessions that create consumers. */
final class CreateHandler extends SiteHandler {
  /** What the method creates. */
  enum What {
    SESSION,
    CONSUMER
  }

  private final JmsTracker tracker;
  private final What what;

  CreateHandler(JmsTracker tracker, What what) {
    this.tracker = tracker;
    this.what = what;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result != null) {
      switch (what) {
        case SESSION -> tracker.sessionCreated(token, result);
        case CONSUMER -> tracker.consumerCreated(token, result);
      }
    }
    return result;
  }
}
