package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ExceptionHandler.handleConsumerException}: the application's handler gets the
 * consumer that the application has made.
 */
final class FailedConsumerHandler extends SiteHandler {
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return this;
  }

  @Override
  public Object replaceArgument(Object token, Object consumer) {
    return WatchedConsumer.unwatched(consumer);
  }
}
