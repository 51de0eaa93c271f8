package io.metricsagent.instrumentations.libraries.pekko;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often messages were delivered that actors have stashed. Thread-safe and lock-free; refers to
 * no message: an entry is the identity hash code and the count. Two messages with the same code are
 * rare, and are then counted as one.
 *
 * <p><b>Bound:</b> {@value #SLOTS} messages at most. Once one found no place, the count of messages
 * that are not here is unknown.
 */
final class DeliveryTable {
  private static final int SLOTS = 4096;

  /** How many neighbouring slots a message may be in. */
  private static final int PROBES = 16;

  private static final long FREE = 0;
  private static final long COUNT = (1L << Integer.SIZE) - 1;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
  private volatile boolean overflowed;

  /** Counts a delivery of a message that will be delivered again. */
  void delivered(Object message) {
    int hash = System.identityHashCode(message);
    int slot = find(hash);
    if (slot >= 0) {
      slots.incrementAndGet(slot); // by the one thread that has the message
      return;
    }
    long entry = (long) hash << Integer.SIZE | 1;
    for (int i = 0; i < PROBES; i++) {
      if (slots.compareAndSet(hash + i & SLOTS - 1, FREE, entry)) {
        return;
      }
    }
    overflowed = true;
  }

  /**
   * Returns which delivery of a message the next one is: 1 for one that was never stashed; {@link
   * MailboxMetrics#UNKNOWN} if that cannot be known.
   */
  long next(Object message) {
    int slot = find(System.identityHashCode(message));
    if (slot >= 0) {
      return (slots.get(slot) & COUNT) + 1;
    }
    return overflowed ? MailboxMetrics.UNKNOWN : 1;
  }

  /** Forgets a message. */
  void remove(Object message) {
    int slot = find(System.identityHashCode(message));
    if (slot >= 0) {
      slots.set(slot, FREE);
    }
  }

  private int find(int hash) {
    for (int i = 0; i < PROBES; i++) {
      int slot = hash + i & SLOTS - 1;
      long there = slots.get(slot);
      if (there != FREE && (int) (there >> Integer.SIZE) == hash) {
        return slot;
      }
    }
    return -1;
  }

  /** Returns how many messages are here. */
  int size() {
    int size = 0;
    for (int i = 0; i < SLOTS; i++) {
      size += slots.get(i) == FREE ? 0 : 1;
    }
    return size;
  }
}
