package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code NatsConsumer.incrementDeliveredCount}, which the client calls when it hands a
 * message over, on the subscription and on its dispatcher. Subscriptions of JetStream have a class
 * of their own, and are heard by {@link ReceiveHandler}.
 */
final class CountedHandler extends SiteHandler {
  private static final String SUBSCRIPTION = "NatsSubscription";

  private static final ClassValue<Boolean> IS_SUBSCRIPTION =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.getSimpleName().equals(SUBSCRIPTION);
        }
      };

  private final NatsTracker tracker;

  CountedHandler(NatsTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (IS_SUBSCRIPTION.get(self.getClass())) {
      tracker.deliveredOnce(self);
    }
    return null;
  }
}
