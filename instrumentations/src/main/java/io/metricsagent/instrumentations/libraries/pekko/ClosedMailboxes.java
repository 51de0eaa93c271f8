package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.instrumentations.access.Accessor;
import java.util.ArrayList;
import java.util.List;

/**
 * Mailboxes into which a message was put after they were closed. A sender that has found the
 * mailbox of an actor just before the actor stops may put its message in after the mailbox was
 * emptied; then nobody takes it out, and the library says nothing. Thread-safe, by a lock that only
 * such senders take.
 *
 * <p>The references are strong, because such a mailbox is garbage at once and the messages in it
 * would never be counted. <b>Bound:</b> {@value #MAX} mailboxes, each until the next snapshot.
 */
final class ClosedMailboxes {
  private static final int MAX = 256;
  private static final Accessor MESSAGES = Accessor.path("numberOfMessages()");

  private List<Object> closed = new ArrayList<>();

  /** Adds a mailbox, unless it is here or too many are. */
  synchronized void add(Object mailbox) {
    for (Object known : closed) {
      if (known == mailbox) {
        return;
      }
    }
    if (closed.size() < MAX) {
      closed.add(mailbox);
    }
  }

  /** Forgets all mailboxes and returns how many messages are left in them. */
  long takeLost() {
    long lost = 0;
    for (Object mailbox : take()) {
      lost += Math.max(0, MESSAGES.readLong(mailbox));
    }
    return lost;
  }

  private synchronized List<Object> take() {
    List<Object> taken = closed;
    if (!taken.isEmpty()) {
      closed = new ArrayList<>();
    }
    return taken;
  }
}
