package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.access.Accessor;

/** Reads the times of a message: milliseconds of the epoch. Stateless. */
final class MessageTimes {
  private static final Accessor PUBLISHED = Accessor.path("getPublishTime()");
  private static final Accessor STORED = Accessor.path("getBrokerPublishTime()");
  private static final Accessor METADATA = Accessor.path("getMessageBuilder()");
  private static final Accessor INNER_METADATA = Accessor.path("getMessage().getMessageBuilder()");
  private static final Accessor IS_DELAYED = Accessor.path("hasDeliverAtTime()");
  private static final Accessor DELIVER_AT = Accessor.path("getDeliverAtTime()");

  private MessageTimes() {}

  /** Returns whether the broker has set a time, or only the producer. */
  static boolean isByBroker(Object message) {
    return STORED.read(message) instanceof Long;
  }

  /** Returns when the message was sent; 0 if it is not known. */
  static long sentMillis(Object message) {
    return STORED.read(message) instanceof Long millis ? millis : PUBLISHED.readLong(message);
  }

  /**
   * Returns since when a message could be delivered, where consumers share a subscription: only
   * there the broker waits until the time that the producer wants. It may deliver the message a
   * little earlier than that.
   */
  static long deliverableMillis(Object message, long sentMillis, long nowMillis) {
    Object own = METADATA.read(message);
    Object metadata = own == null ? INNER_METADATA.read(message) : own;
    return Boolean.TRUE.equals(IS_DELAYED.read(metadata))
        ? Math.max(sentMillis, Math.min(nowMillis, DELIVER_AT.readLong(metadata)))
        : sentMillis;
  }
}
