package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code KafkaConsumer.close}, which may commit before it returns. What is not committed
 * then goes to another consumer or is delivered again later; nothing is said about it.
 */
final class CloseHandler extends SiteHandler {
  private final KafkaTracker tracker;

  CloseHandler(KafkaTracker tracker) {
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
