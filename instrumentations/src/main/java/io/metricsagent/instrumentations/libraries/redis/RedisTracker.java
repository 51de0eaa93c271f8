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
   * @return the queue of the first message; {@code null} if there was none
   */
  MailboxMetrics replied(Request request, Object reply) {
    if (reply == null || reply instanceof Throwable) {
      return null;
    }
    return switch (request.command()) {
      case XREADGROUP -> read(request, reply);
      case XCLAIM -> claimed(request, reply);
      case XAUTOCLAIM -> claimed(request, claimedMessages(reply));
      case XACK -> acked(request, reply instanceof Number number ? number.longValue() : 0);
      case XACKDEL -> acked(request, acknowledged(reply));
    };
  }

  /** Returns the time at which a command begins; 0 if commands are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  /**
   * A command that is timed has ended.
   *
   * @param mailbox what {@link #replied} returned
   * @param thrown why it failed, or {@code null}; a read that fails is of no stream, because only
   *     its reply would name it
   */
  void ended(Request request, long begun, MailboxMetrics mailbox, Throwable thrown) {
    if (begun != 0) {
      MailboxMetrics named =
          thrown == null || request.stream() == null
              ? mailbox
              : mailboxes.of(request.stream(), SYSTEM);
      request.command().operation().ended(begun, named, thrown);
    }
  }

  private MailboxMetrics acked(Request request, long messages) {
    if (messages <= 0) {
      return null;
    }
    MailboxMetrics mailbox = mailboxes.of(request.stream(), SYSTEM);
    mailbox.recordAcked(messages);
    return mailbox;
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
  private MailboxMetrics read(Request request, Object reply) {
    MailboxMetrics first = null;
    if (reply instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        first = first(first, read(request, entry.getKey(), entry.getValue()));
      }
    } else if (reply instanceof Collection<?> items) {
      for (Object item : items) {
        first = first(first, readItem(request, item));
      }
    }
    return first;
  }

  private static MailboxMetrics first(MailboxMetrics known, MailboxMetrics next) {
    return known == null ? next : known;
  }

  private MailboxMetrics readItem(Request request, Object item) {
    if (item instanceof Map.Entry<?, ?> entry) {
      return read(request, entry.getKey(), entry.getValue());
    }
    return item instanceof List<?> parts
        ? read(request, parts.get(0), parts.size() < 2 ? null : parts.get(1))
        : delivered(request, item);
  }

  private MailboxMetrics read(Request request, Object stream, Object messages) {
    if (!(messages instanceof Collection<?> list) || list.isEmpty()) {
      return null;
    }
    MailboxMetrics mailbox = mailboxes.of(Texts.of(stream), SYSTEM);
    for (Object message : list) {
      delivered(request, mailbox, message);
    }
    return mailbox;
  }

  private MailboxMetrics claimed(Request request, Object messages) {
    return read(request, request.stream(), messages);
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

  /**
   * A message that knows its stream is handed to the application; returns its queue, or {@code
   * null}.
   */
  MailboxMetrics delivered(Request request, Object message) {
    if (!Message.knowsItsStream(message)) {
      return null;
    }
    MailboxMetrics mailbox = mailboxes.of(Message.stream(message), SYSTEM);
    delivered(request, mailbox, message);
    return mailbox;
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
