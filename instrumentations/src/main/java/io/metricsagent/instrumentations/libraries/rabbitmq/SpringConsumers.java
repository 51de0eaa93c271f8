package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The consumers that Spring AMQP has made: its containers take messages from queues of their own,
 * and its recoverer publishes a message again instead of refusing it. Thread-safe.
 */
final class SpringConsumers {
  private static final String SPRING = "org.springframework.amqp.";

  /** The consumer that puts messages into a queue of the {@code SimpleMessageListenerContainer}. */
  private static final String PARKING =
      "org.springframework.amqp.rabbit.listener.BlockingQueueConsumer$InternalConsumer";

  private static final Accessor CHANNEL = Accessor.path("getChannel()");
  private static final int MAX = 100_000;

  /** Subscriptions of parking consumers by their channel, which is Spring's own object. */
  private final WeakMap<Object, Subscription> parking = new WeakMap<>(MAX);

  /**
   * Channels by consumer tag. Tags that the application chooses may be used on several channels:
   * then a message that is published again may be taken for one of another channel, with the same
   * tag and mostly of the same queue, so the sums stay right.
   */
  private final Map<String, ChannelMessages> channels = new ConcurrentHashMap<>();

  /** Returns whether a consumer is Spring's. */
  static boolean isSprings(Object consumer) {
    return consumer.getClass().getName().startsWith(SPRING);
  }

  /** Returns whether a consumer passes messages on to a queue, from where they are handed over. */
  static boolean isParking(Object consumer) {
    return consumer.getClass().getName().equals(PARKING);
  }

  void parked(Object consumer, Subscription subscription) {
    Object channel = CHANNEL.read(consumer);
    if (channel != null) {
      parking.put(channel, subscription);
    }
  }

  /**
   * Returns the subscription of the consumer that passed a message on, or {@code null}.
   *
   * @param container Spring's {@code BlockingQueueConsumer}
   */
  Subscription parkedFor(Object container) {
    Object channel = CHANNEL.read(container);
    return channel == null ? null : parking.get(channel);
  }

  /** A consumer got a message. */
  void received(String consumerTag, ChannelMessages channel) {
    if (channels.get(consumerTag) != channel
        && channels.size() < MAX
        && channel.addConsumer(consumerTag)) {
      channels.put(consumerTag, channel);
      if (channel.isClosed()) { // it was closed before the tag was noted
        channels.remove(consumerTag, channel);
      }
    }
  }

  /** A message is published to a queue of failed messages; its acknowledgement will follow. */
  void republished(String consumerTag, long deliveryTag) {
    ChannelMessages channel = consumerTag == null ? null : channels.get(consumerTag);
    if (channel != null) {
      channel.unsettled().settle(channel.wireTag(deliveryTag), Outcome.DEAD_LETTERED);
    }
  }

  /** A channel is closed. */
  void forget(ChannelMessages channel) {
    for (String tag : channel.consumers()) {
      channels.remove(tag, channel);
    }
  }

  boolean isEmpty() {
    return channels.isEmpty();
  }
}
