package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.rules.SiteHandler;

/** Handles {@code Session.createConsumer} and the other methods that create consumers. */
final class CreateConsumerHandler extends SiteHandler {
  private final JmsTracker tracker;

  CreateConsumerHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return self;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (result != null) {
      tracker.consumerCreated(token, result);
    }
    return result;
  }
}
