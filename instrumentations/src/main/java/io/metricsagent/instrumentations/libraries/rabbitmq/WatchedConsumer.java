package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.Frame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.reflect.Method;

/**
 * A {@code Consumer} that records messages and passes them on to the application's consumer, on the
 * thread on which the client hands them over. Messages that still wait in the client are not
 * received.
 */
final class WatchedConsumer extends StandIn {
  private final Subscription subscription;
  private final boolean springs;
  private final RabbitTracker tracker;
  private final SiteHandler owner;

  private WatchedConsumer(
      Object consumer, Subscription subscription, RabbitTracker tracker, SiteHandler owner) {
    super(consumer);
    this.subscription = subscription;
    this.springs = SpringConsumers.isSprings(consumer);
    this.tracker = tracker;
    this.owner = owner;
  }

  static Object watch(
      Object consumer, Subscription subscription, RabbitTracker tracker, SiteHandler owner) {
    return new WatchedConsumer(unwatched(consumer), subscription, tracker, owner).as("Consumer");
  }

  /** Returns the application's consumer behind a watched one, or the object itself. */
  static Object unwatched(Object consumer) {
    return behind(consumer) instanceof WatchedConsumer watched ? watched.original() : consumer;
  }

  @Override
  protected Call around(Method method) {
    return method.getName().equals("handleDelivery") && method.getParameterCount() == 4
        ? new Delivery()
        : null;
  }

  /** The delivery of one message to the consumer. */
  private final class Delivery implements Call {
    private Frame frame;
    private long begun;

    @Override
    public void before(Object[] args) {
      frame = Nesting.enter(owner, null, null);
      if (springs) {
        tracker.spring().received((String) args[0], subscription.channel());
      }
      tracker.handedOver(subscription, args[1], args[2]);
      begun = tracker.begin();
    }

    @Override
    public Object after(Object result, Throwable thrown) {
      if (frame != null) {
        Nesting.exit(frame);
      }
      Operation.PROCESS.ended(begun, subscription.mailbox(), thrown);
      return result;
    }
  }
}
