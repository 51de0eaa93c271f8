package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.Accessor;

/**
 * What the settings of a consumer say.
 *
 * @param countsDeliveries whether the broker counts the deliveries of each message: it does so
 *     where consumers share a subscription, and elsewhere sends 0
 * @param hasListener whether a listener gets the messages from the client's queue
 * @param isSilent whether the consumer is one of several topics that does not say what it hands
 *     over ({@link SilentConsumers})
 */
record ConsumerFacts(boolean countsDeliveries, boolean hasListener, boolean isSilent) {
  private static final Accessor TYPE = Accessor.path("getSubscriptionType()");
  private static final Accessor LISTENER = Accessor.path("getMessageListener()");

  /** The class of consumers without a queue, whose listener gets each message as it comes. */
  private static final String WITHOUT_QUEUE = "ZeroQueueConsumerImpl";

  /** Reads the client's {@code ConsumerConfigurationData}, which may be {@code null}. */
  static ConsumerFacts of(Object consumer, Object settings) {
    boolean shared =
        TYPE.read(settings) instanceof Enum<?> type
            && (type.name().equals("Shared") || type.name().equals("Key_Shared"));
    return new ConsumerFacts(
        shared,
        LISTENER.read(settings) != null
            && !consumer.getClass().getSimpleName().equals(WITHOUT_QUEUE),
        SilentConsumers.isOne(consumer));
  }
}
