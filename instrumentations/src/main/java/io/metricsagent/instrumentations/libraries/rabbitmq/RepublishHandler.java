package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code RepublishMessageRecoverer.recover}: Spring gives a message up, publishes it to an
 * exchange for failed messages and then acknowledges it. The message is dead-lettered, not acked.
 */
final class RepublishHandler extends SiteHandler {
  private static final Accessor CONSUMER_TAG =
      Accessor.path("getMessageProperties().getConsumerTag()");
  private static final Accessor DELIVERY_TAG =
      Accessor.path("getMessageProperties().getDeliveryTag()");

  private final RabbitTracker tracker;

  RepublishHandler(RabbitTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return arg0;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown == null) {
      tracker.spring().republished(CONSUMER_TAG.readString(token), DELIVERY_TAG.readLong(token));
    }
    return result;
  }
}
