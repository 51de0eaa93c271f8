package io.metricsagent.instrumentations.libraries.redis;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Records what replies deliver and settle. Stateless, since Redis itself says how many messages an
 * acknowledgement settled.
 */
final class RedisTracker {
  private static final String SYSTEM = "redis";
  private static final Accessor CLAIMED = Accessor.path("getMessages()");

  private final Mailboxes mailboxes;

  RedisTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
  }

  /**
   * Records the reply to a command.
   *
   * @param reply what the client has made of it, or the lists, numbers and bytes of Redis
   */
  void replied(Request request, Object reply) {
    if (reply == null || reply instanceof Throwable) {
      return;
    }
    switch (request.command()) {
      case XREADGROUP -> read(request, reply);
      case XCLAIM -> claimed(request, reply);
      case XAUTOCLAIM -> claimed(request, claimedMessages(reply));
      case XACK -> {
        if (reply instanceof Number number) {
          acked(request, number.longValue());
        }
      }
      case XACKDEL -> acked(request, acknowledged(reply));
    }
  }

  private void acked(Request request, long messages) {
    if (messages > 0) {
      mailboxes.of(request.stream(), SYSTEM).recordAcked(messages);
    }
  }

  /** The reply has a number for each message; a negative one is of a message that is not there. */
  private static long acknowledged(Object reply) {
    long acknowledged = 0;
    if (reply instanceof Collection<?> results) {
      for (Object result : results) {
        if (result instanceof Number number && number.longValue() > 0
            || result instanceof Enum<?> named && isAcknowledged(named.name())) {
          acknowledged++;
        }
      }
    }
    return acknowledged;
  }

  private static boolean isAcknowledged(String result) {
    return !result.equals("NOT_FOUND") && !result.equals("UNKNOWN");
  }

  /** Several streams with their messages: a map, or a list of entries, of lists or of messages. */
  private void read(Request request, Object reply) {
    if (reply instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        read(request, entry.getKey(), entry.getValue());
      }
    } else if (reply instanceof Collection<?> items) {
      for (Object item : items) {
        if (item instanceof Map.Entry<?, ?> entry) {
          read(request, entry.getKey(), entry.getValue());
        } else if (item instanceof List<?> parts) {
          read(request, parts.get(0), parts.size() < 2 ? null : parts.get(1));
        } else {
          delivered(request, item);
        }
      }
    }
  }

  private void read(Request request, Object stream, Object messages) {
    if (messages instanceof Collection<?> list && !list.isEmpty()) {
      MailboxMetrics mailbox = mailboxes.of(Texts.of(stream), SYSTEM);
      for (Object message : list) {
        delivered(request, mailbox, message);
      }
    }
  }

  private void claimed(Request request, Object messages) {
    read(request, request.stream(), messages);
  }

  private static Object claimedMessages(Object reply) {
    if (reply instanceof Map.Entry<?, ?> entry) {
      return entry.getValue();
    }
    if (reply instanceof List<?> parts) {
      return parts.size() < 2 ? null : parts.get(1);
    }
    return CLAIMED.read(reply);
  }

  /** A message that knows its stream is handed to the application. */
  void delivered(Request request, Object message) {
    if (Message.knowsItsStream(message)) {
      delivered(request, mailboxes.of(Message.stream(message), SYSTEM), message);
    }
  }

  private void delivered(Request request, MailboxMetrics mailbox, Object message) {
    if (!Message.hasContents(message)) {
      return;
    }
    mailbox.recordDelivered(
        1,
        Message.deliveryCount(message, request.onlyNew()),
        Message.sentMillis(message),
        System.currentTimeMillis(),
        AgeSource.BROKER_CLOCK);
    if (request.withoutAck()) {
      mailbox.recordAcked(1);
    }
  }
}
