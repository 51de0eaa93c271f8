package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Reads what the properties of a message tell about its way, and no other property. Stateless.
 *
 * <p>Headers are the application's own, so a header of the right name may have any type: a value of
 * another type is unknown.
 */
final class MessageFacts {
  private static final Accessor HEADERS = Accessor.path("getHeaders()");
  private static final Accessor TIMESTAMP = Accessor.path("getTimestamp()");

  /** Set by a broker whose interceptor adds time stamps, in milliseconds of its clock. */
  private static final String BROKER_TIMESTAMP = "timestamp_in_ms";

  /** How often a quorum queue had delivered the message before, without success. */
  private static final String EARLIER_DELIVERIES = "x-delivery-count";

  /** The queues in which the message became a dead letter, the last one first. */
  private static final String DEATHS = "x-death";

  /**
   * Set by Spring AMQP on a message that it publishes again, with the headers that the message had.
   */
  private static final String REPUBLISHED = "x-original-exchange";

  private MessageFacts() {}

  /** Returns the headers, or {@code null} if there are none. */
  static Map<?, ?> headers(Object properties) {
    return HEADERS.read(properties) instanceof Map<?, ?> headers && !headers.isEmpty()
        ? headers
        : null;
  }

  /** Returns the broker's time stamp in milliseconds of the epoch, or 0. */
  static long brokerMillis(Map<?, ?> headers) {
    return number(headers, BROKER_TIMESTAMP, 0);
  }

  /** Returns the sender's time stamp in milliseconds of the epoch, a whole second, or 0. */
  static long senderMillis(Object properties) {
    return TIMESTAMP.read(properties) instanceof Date sent ? sent.getTime() : 0;
  }

  /**
   * Returns 1 for the first delivery, or {@link MailboxMetrics#UNKNOWN}: of a message that is
   * delivered again, only a quorum queue tells how often it was delivered.
   */
  static long deliveryCount(boolean redelivered, Map<?, ?> headers) {
    if (!redelivered) {
      return 1;
    }
    long earlier = number(headers, EARLIER_DELIVERIES, 0);
    return earlier > 0 ? earlier + 1 : MailboxMetrics.UNKNOWN;
  }

  private static long number(Map<?, ?> headers, String name, long otherwise) {
    return headers != null && headers.get(name) instanceof Number number
        ? number.longValue()
        : otherwise;
  }

  /**
   * Returns the newest entry about a queue in which the message became a dead letter, or {@code
   * null}. The entries of a message that Spring published again are about an earlier message.
   */
  static Map<?, ?> lastDeath(Map<?, ?> headers) {
    return headers != null
            && headers.get(DEATHS) instanceof List<?> deaths
            && !headers.containsKey(REPUBLISHED)
            && !deaths.isEmpty()
            && deaths.get(0) instanceof Map<?, ?> last
        ? last
        : null;
  }

  /**
   * Returns a text of such an entry, or {@code null}; the client has a class of its own for texts.
   */
  static String text(Map<?, ?> death, String name) {
    Object value = death.get(name);
    return value == null ? null : value.toString();
  }
}
