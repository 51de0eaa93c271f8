package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ChannelN.basicConsume}, which all variants of it end in: replaces the consumer by
 * a {@link WatchedConsumer}, which knows the queue. A delivery does not name its queue.
 */
final class ConsumeHandler extends SiteHandler {
  private final RabbitTracker tracker;

  ConsumeHandler(RabbitTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return new Subscription(
        tracker.following(self), tracker.mailbox((String) arg0), Boolean.TRUE.equals(arg1));
  }

  @Override
  public Object replaceArgument(Object token, Object consumer) {
    Subscription subscription = (Subscription) token;
    if (consumer == null) {
      return null;
    }
    if (SpringConsumers.isParking(consumer)) {
      tracker.spring().parked(consumer, subscription);
      return consumer;
    }
    return WatchedConsumer.watch(consumer, subscription, tracker, this);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    return result;
  }
}
