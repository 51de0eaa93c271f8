package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.calls.Nesting;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code BlockingQueueConsumer.handle}: a {@code SimpleMessageListenerContainer} takes a
 * message out of its own queue for a listener. Up to 250 messages wait there, and those that still
 * wait when the container stops go back to the broker, so they are not received before.
 */
final class SpringHandOverHandler extends SiteHandler {
  private static final Accessor QUEUE = Accessor.path("getQueue()");
  private static final Accessor CONSUMER_TAG = Accessor.path("getConsumerTag()");
  private static final Accessor ENVELOPE = Accessor.path("getEnvelope()");
  private static final Accessor PROPERTIES = Accessor.path("getProperties()");

  private final RabbitTracker tracker;

  SpringHandOverHandler(RabbitTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    return arg0 == null ? null : Nesting.enter(this, self, arg0);
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    MailboxFrame frame = (MailboxFrame) token;
    Object container = frame.self();
    Object delivery = frame.argument();
    if (Nesting.exit(frame) && result != null) {
      Subscription subscription = tracker.spring().parkedFor(container);
      if (subscription != null) {
        handedOver(subscription, delivery);
      }
    }
    return result;
  }

  private void handedOver(Subscription subscription, Object delivery) {
    tracker.spring().received(CONSUMER_TAG.readString(delivery), subscription.channel());
    tracker.handedOver(
        subscription.to(tracker.mailbox(QUEUE.readString(delivery))),
        ENVELOPE.read(delivery),
        PROPERTIES.read(delivery));
  }
}
