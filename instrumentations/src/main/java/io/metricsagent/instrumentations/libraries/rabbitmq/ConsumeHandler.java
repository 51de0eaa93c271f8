package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ChannelN.basicConsume}, which all variants of it end in: replaces the consumer by
 * a {@link WatchedConsumer}, which knows the queue. A delivery does not name its queue.
 */
final class ConsumeHandler extends SiteHandler {
  private record Request(Object channel, String queue, boolean settlesItself) {}

  private final RabbitTracker tracker;

  ConsumeHandler(RabbitTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return new Request(self, (String) arg0, Boolean.TRUE.equals(arg1));
  }

  @Override
  public Object replaceArgument(Object token, Object consumer) {
    if (consumer == null || JmsClient.has(consumer)) {
      return consumer;
    }
    Request request = (Request) token;
    Subscription subscription =
        new Subscription(
            tracker.following(request.channel),
            tracker.mailbox(request.queue),
            request.settlesItself);
    if (SpringConsumers.isParking(consumer)) {
      tracker.spring().parked(consumer, subscription);
      return consumer;
    }
    return WatchedConsumer.watch(consumer, subscription, tracker, this);
  }
}
