package io.metricsagent.instrumentations.libraries.jms;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.rules.SiteHandler;

/**
 * Handles {@code ClientSessionImpl.expire}, by which the client of Artemis tells its broker that
 * the time of a message ran out while the message waited in the client. Where the broker itself
 * finds that, no client hears of it.
 */
final class ArtemisExpiryHandler extends SiteHandler {
  private static final Accessor ADDRESS = Accessor.path("getAddress()");
  private static final Accessor TEMPORARY = Accessor.path("getQueueInfo().isTemporary()");
  private static final Accessor ROUTING = Accessor.path("getQueueInfo().getRoutingType().name()");

  /** How addresses begin in the setting for clients of version 1, whose destinations do not. */
  private static final String[] OLD_PREFIXES = {"jms.queue.", "jms.topic."};

  private final JmsTracker tracker;

  ArtemisExpiryHandler(JmsTracker tracker) {
    this.tracker = tracker;
  }

  /** Returns the name of the queue; a topic's queues are temporary, too, and do not count so. */
  @Override
  public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
    if (Boolean.TRUE.equals(TEMPORARY.read(arg0)) && "ANYCAST".equals(ROUTING.readString(arg0))) {
      return Mailboxes.TEMPORARY;
    }
    String address = ADDRESS.readString(arg1);
    return address == null ? Mailboxes.UNKNOWN_QUEUE : withoutPrefix(address);
  }

  private static String withoutPrefix(String address) {
    for (String prefix : OLD_PREFIXES) {
      if (address.startsWith(prefix)) {
        return address.substring(prefix.length());
      }
    }
    return address;
  }

  @Override
  public Object exit(Object token, Object result, Throwable thrown) {
    if (thrown == null) {
      tracker.mailbox((String) token, JmsMessages.ARTEMIS).recordExpired(1);
    }
    return result;
  }
}
