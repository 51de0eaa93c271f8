package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code AMQChannel.processShutdownSignal}: a channel is closed by the application, by the
 * broker or with its connection. The broker delivers its unsettled messages again.
 */
final class ShutdownHandler extends SiteHandler {
  private final RabbitTracker tracker;

  ShutdownHandler(RabbitTracker tracker) {
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
