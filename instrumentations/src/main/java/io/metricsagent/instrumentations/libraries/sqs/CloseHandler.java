package io.metricsagent.instrumentations.libraries.sqs;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code close} of both clients. */
final class CloseHandler extends SiteHandler {
  private final SqsTracker tracker;

  CloseHandler(SqsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    tracker.closed(token);
    return result;
  }
}
