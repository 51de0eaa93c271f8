package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Places for {@value #LENGTH} neighbouring numbers of a {@link TagTable}.
 *
 * <p><b>Invariants:</b> a place contains 0, the number of its message, or {@link #BUSY} while a
 * delivery writes the message. The facts of a message are written only by the thread that made its
 * place busy, before the number, and are read before the number is removed by {@code
 * compareAndSet}, so they are those of that number. The chunk gets other numbers only while all
 * places contain 0: {@link #takeFor} first makes the chunk nobody's, then looks at the places; a
 * delivery first makes its place busy, then looks whose the chunk is. So one of the two sees the
 * other.
 */
final class TagChunk {
  static final int LENGTH = 64;

  private static final long FREE = 0;
  private static final long BUSY = -1;
  private static final long NOBODYS = -1;

  private final AtomicLongArray tags = new AtomicLongArray(LENGTH);
  private final MailboxMetrics[] mailboxes = new MailboxMetrics[LENGTH];
  private final long[] sentMillis = new long[LENGTH];

  /** All numbers of the chunk divided by {@link #LENGTH}. */
  private volatile long number;

  TagChunk(long tag) {
    number = tag / LENGTH;
  }

  boolean isFor(long tag) {
    return number == tag / LENGTH;
  }

  long firstTag() {
    return number * LENGTH;
  }

  /** Gives the chunk other numbers, if all places are free; called under the table's lock. */
  boolean takeFor(long tag) {
    long before = number;
    number = NOBODYS;
    for (int i = 0; i < LENGTH; i++) {
      if (tags.get(i) != FREE) {
        number = before;
        return false;
      }
    }
    number = tag / LENGTH;
    return true;
  }

  /** Returns whether the message has its place: not if the chunk has other numbers by now. */
  boolean put(long tag, MailboxMetrics mailbox, long sent) {
    int place = place(tag);
    if (!tags.compareAndSet(place, FREE, BUSY)) {
      return false;
    }
    if (!isFor(tag)) {
      tags.set(place, FREE);
      return false;
    }
    mailboxes[place] = mailbox;
    sentMillis[place] = sent;
    tags.set(place, tag);
    return true;
  }

  private static int place(long tag) {
    return (int) (tag % LENGTH);
  }

  /**
   * Settles a message, if it is here.
   *
   * @param outcome {@code null} to forget the message
   * @param held holds the settlement, or {@code null} to record it at once
   */
  void settle(long tag, Outcome outcome, HeldSettlements held) {
    int place = place(tag);
    if (tag <= FREE || tags.get(place) != tag) {
      return;
    }
    MailboxMetrics mailbox = mailboxes[place];
    long sent = sentMillis[place];
    if (!tags.compareAndSet(place, tag, FREE) || outcome == null) {
      return;
    }
    if (held == null) {
      outcome.record(mailbox, 1);
    } else {
      held.hold(tag, mailbox, sent, outcome);
    }
  }

  /** Removes a message without recording anything; returns whether it was here. */
  boolean remove(long tag) {
    return tag > FREE && tags.compareAndSet(place(tag), tag, FREE);
  }

  void settleUpTo(long last, Outcome outcome, HeldSettlements held) {
    if (firstTag() > last) {
      return;
    }
    for (int i = 0; i < LENGTH; i++) {
      long tag = tags.get(i);
      if (tag > FREE && tag <= last) {
        settle(tag, outcome, held);
      }
    }
  }

  int size() {
    int size = 0;
    for (int i = 0; i < LENGTH; i++) {
      size += tags.get(i) == FREE ? 0 : 1;
    }
    return size;
  }

  void sample(LevelSample into) {
    for (int i = 0; i < LENGTH; i++) {
      long tag = tags.get(i);
      if (tag > FREE) {
        MailboxMetrics mailbox = mailboxes[i];
        long sent = sentMillis[i];
        if (tags.get(i) == tag) {
          into.unsettled(mailbox, sent);
        }
      }
    }
  }
}
