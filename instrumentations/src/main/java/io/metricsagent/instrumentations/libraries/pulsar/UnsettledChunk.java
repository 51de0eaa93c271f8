package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Places for {@value #PLACES} messages of an {@link UnsettledTable}.
 *
 * <p><b>Invariants:</b> a place contains 0, {@link #BUSY} while a message is written, or the number
 * of a message. The facts of a message are written only by the thread that made its place busy,
 * before the number. Who reads facts changes the number by {@code compareAndSet}, or looks at it
 * again, before the facts are used: then they are of that number. So only one thread takes a
 * message out. <b>Progress:</b> no method takes a lock, waits or allocates.
 */
class UnsettledChunk {
  static final int PLACES = 32;

  /** A number that no message has, as {@link #FREE}. */
  static final long BUSY = 1;

  private static final long FREE = 0;

  private final AtomicLongArray numbers = new AtomicLongArray(PLACES);
  private final long[] ledgers = new long[PLACES];
  private final long[] entries = new long[PLACES];
  private final int[] indexes = new int[PLACES];
  private final long[] sentMillis = new long[PLACES];

  /** Adds a message, unless it is here; returns {@code false} if there is no place for it. */
  boolean put(long number, long ledger, long entry, int index, long sent) {
    int place = find(number);
    if (place >= 0) {
      return true;
    }
    for (int i = 0; i < PLACES; i++) {
      if (numbers.get(i) == FREE && numbers.compareAndSet(i, FREE, BUSY)) {
        ledgers[i] = ledger;
        entries[i] = entry;
        indexes[i] = index;
        sentMillis[i] = sent;
        numbers.set(i, number);
        return true;
      }
    }
    return false;
  }

  private int find(long number) {
    for (int i = 0; i < PLACES; i++) {
      if (numbers.get(i) == number) {
        return i;
      }
    }
    return -1;
  }

  /** Takes a message out; returns whether this call did it. */
  boolean remove(long number) {
    int place = find(number);
    return place >= 0 && numbers.compareAndSet(place, number, FREE);
  }

  /** Takes all messages of an entry out; returns how many there were. */
  int removeEntry(long ledger, long entry) {
    int removed = 0;
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if (isMessage(number) && ledgers[i] == ledger && entries[i] == entry) {
        removed += numbers.compareAndSet(i, number, FREE) ? 1 : 0;
      }
    }
    return removed;
  }

  /** Takes all messages up to and including one out; returns how many there were. */
  int removeUpTo(long ledger, long entry, int index) {
    int removed = 0;
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if (isMessage(number) && isUpTo(i, ledger, entry, index)) {
        removed += numbers.compareAndSet(i, number, FREE) ? 1 : 0;
      }
    }
    return removed;
  }

  private boolean isUpTo(int place, long ledger, long entry, int index) {
    if (ledgers[place] != ledger) {
      return ledgers[place] < ledger;
    }
    if (entries[place] != entry) {
      return entries[place] < entry;
    }
    return index < 0 || indexes[place] <= index; // a negative index means the whole entry
  }

  private static boolean isMessage(long number) {
    return number != FREE && number != BUSY;
  }

  /**
   * Moves all messages to a table, under its lock. What is written here meanwhile, its writer
   * moves.
   */
  void moveTo(UnsettledTable table) {
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if (isMessage(number)) {
        long ledger = ledgers[i];
        long entry = entries[i];
        int index = indexes[i];
        long sent = sentMillis[i];
        if (numbers.compareAndSet(i, number, FREE)) {
          table.put(number, ledger, entry, index, sent);
        }
      }
    }
  }

  int size() {
    int size = 0;
    for (int i = 0; i < PLACES; i++) {
      size += isMessage(numbers.get(i)) ? 1 : 0;
    }
    return size;
  }

  void sample(LevelSample into, MailboxMetrics mailbox) {
    for (int i = 0; i < PLACES; i++) {
      long number = numbers.get(i);
      if (isMessage(number)) {
        long sent = sentMillis[i];
        if (numbers.get(i) == number) {
          into.unsettled(mailbox, sent);
        }
      }
    }
  }
}
