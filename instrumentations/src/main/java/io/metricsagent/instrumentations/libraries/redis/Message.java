package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads a message of a reply: an object of a client, or the list of Redis that it is made of. Of
 * its contents only whether there are any: Redis lists the numbers of messages that were deleted,
 * or of which the application wants the numbers alone. Stateless.
 */
final class Message {
  private static final Accessor JEDIS_MILLIS = Accessor.path("getID().getTime()");
  private static final Accessor JEDIS_FIELDS = Accessor.path("getFields()");
  private static final Accessor LETTUCE_ID = Accessor.path("getId()");
  private static final Accessor LETTUCE_BODY = Accessor.path("getBody()");
  private static final Accessor LETTUCE_STREAM = Accessor.path("getStream()");
  private static final Accessor EARLIER_DELIVERIES = Accessor.path("getDeliveredCount()");

  /** Where a list has the earlier deliveries, if the command asked for unsettled messages, too. */
  private static final int EARLIER_AT = 3;

  /** The years 2010 to 2100: an application may number its messages as it likes. */
  private static final long FIRST_MILLIS = 1_262_304_000_000L;

  private static final long LAST_MILLIS = 4_102_444_800_000L;

  private Message() {}

  /** Returns whether an object is a message of Lettuce, which knows its stream. */
  static boolean knowsItsStream(Object message) {
    return LETTUCE_ID.read(message) != null;
  }

  /** Returns the key of the stream of a message of Lettuce, or {@code null}. */
  static String stream(Object message) {
    return Texts.of(LETTUCE_STREAM.read(message));
  }

  static boolean hasContents(Object message) {
    Object contents;
    if (message instanceof List<?> parts) {
      contents = parts.size() < 2 ? null : parts.get(1);
    } else {
      contents = knowsItsStream(message) ? LETTUCE_BODY.read(message) : JEDIS_FIELDS.read(message);
    }
    return contents instanceof Map<?, ?> map && !map.isEmpty()
        || contents instanceof Collection<?> list && !list.isEmpty();
  }

  /**
   * Returns when the message was added, in milliseconds of the epoch by the clock of the server, or
   * 0 if its number is not one that the server makes.
   */
  static long sentMillis(Object message) {
    long millis = millis(message);
    return millis < FIRST_MILLIS || millis > LAST_MILLIS ? 0 : millis;
  }

  private static long millis(Object message) {
    if (message instanceof List<?> parts) {
      return Texts.numberBeforeHyphen(parts.get(0));
    }
    Object id = LETTUCE_ID.read(message);
    return id == null ? JEDIS_MILLIS.readLong(message) : Texts.numberBeforeHyphen(id);
  }

  /**
   * Returns how often the message was delivered, or {@link MailboxMetrics#UNKNOWN}. Newer servers
   * tell the earlier deliveries.
   *
   * @param isNew whether all messages of the reply are delivered for the first time
   */
  static long deliveryCount(Object message, boolean isNew) {
    Object earlier;
    if (message instanceof List<?> parts) {
      earlier = parts.size() > EARLIER_AT ? parts.get(EARLIER_AT) : null;
    } else {
      earlier = EARLIER_DELIVERIES.read(message);
    }
    if (earlier instanceof Number number && number.longValue() >= 0) {
      return number.longValue() + 1;
    }
    return isNew ? 1 : MailboxMetrics.UNKNOWN;
  }
}
