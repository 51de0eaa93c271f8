package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * When the objects that wait in one queue of this process were put into it, for queues whose
 * objects have no time stamp of that moment. Thread-safe and lock-free; allocates nothing after its
 * creation, and takes 4 KB.
 *
 * <p>The table refers to no object: an entry has a part of the object's identity hash code and the
 * time. Two objects with the same part are rare, and one of them then may get the other's time.
 * <b>Bound:</b> {@value #SLOTS} objects at most have a time. What comes while the table is full has
 * none, so of a longer queue the table has a sample. An object that left the queue in a way that
 * nobody saw keeps its entry for {@value #STALE_MINUTES} minutes, and longer while nobody needs the
 * place.
 */
public final class StampTable {
  private static final int SLOTS = 512;
  private static final int SLOT_BITS = 9;

  /** How many neighbouring slots an object may be in. */
  private static final int PROBES = 8;

  private static final int STALE_MINUTES = 10;
  private static final long FREE = 0;

  /** The lower bits of an entry have the time in units of 1024 ns, and tell 26 days apart. */
  private static final int TIME_BITS = 42;

  private static final int TAG_BITS = Long.SIZE - TIME_BITS;
  private static final long TIME_MASK = (1L << TIME_BITS) - 1;
  private static final int UNIT_BITS = 10;
  private static final long STALE = TimeUnit.MINUTES.toNanos(STALE_MINUTES) >> UNIT_BITS;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
  private final LongSupplier nanoClock;
  private final long origin;

  /** Makes an empty table; times are those of {@code nanoClock}. */
  public StampTable(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    origin = nanoClock.getAsLong();
  }

  /** Notes that an object is put into the queue now; does nothing if the table is full. */
  public void put(Object object) {
    int hash = System.identityHashCode(object);
    long now = now();
    long entry = tag(hash) << TIME_BITS | now;
    for (int i = 0; i < PROBES; i++) {
      if (slots.compareAndSet(hash + i & SLOTS - 1, FREE, entry)) {
        return;
      }
    }
    for (int i = 0; i < PROBES; i++) {
      int slot = hash + i & SLOTS - 1;
      long there = slots.get(slot);
      if (age(there, now) > STALE && slots.compareAndSet(slot, there, entry)) {
        return;
      }
    }
  }

  /**
   * Takes an object out that leaves the queue.
   *
   * @return for how long it was there, in nanoseconds; {@link MailboxMetrics#UNKNOWN} if the table
   *     does not have it
   */
  public long take(Object object) {
    int hash = System.identityHashCode(object);
    for (int i = 0; i < PROBES; i++) {
      int slot = hash + i & SLOTS - 1;
      long there = slots.get(slot);
      if (there != FREE
          && there >>> TIME_BITS == tag(hash)
          && slots.compareAndSet(slot, there, FREE)) {
        return age(there, now()) << UNIT_BITS;
      }
    }
    return MailboxMetrics.UNKNOWN;
  }

  /**
   * Returns for how long an object has been in the queue, in nanoseconds, and leaves it there;
   * {@link MailboxMetrics#UNKNOWN} if the table does not have it.
   */
  public long age(Object object) {
    int hash = System.identityHashCode(object);
    for (int i = 0; i < PROBES; i++) {
      long there = slots.get(hash + i & SLOTS - 1);
      if (there != FREE && there >>> TIME_BITS == tag(hash)) {
        return age(there, now()) << UNIT_BITS;
      }
    }
    return MailboxMetrics.UNKNOWN;
  }

  /**
   * Returns for how long the oldest object has been in the queue, in nanoseconds; {@link
   * MailboxMetrics#UNKNOWN} if the table is empty.
   */
  public long oldestNanos() {
    long now = now();
    long oldest = -1;
    for (int i = 0; i < SLOTS; i++) {
      long there = slots.get(i);
      if (there != FREE) {
        oldest = Math.max(oldest, age(there, now));
      }
    }
    return oldest < 0 ? MailboxMetrics.UNKNOWN : oldest << UNIT_BITS;
  }

  /** Returns the bits of an identity hash code that do not choose the slot. */
  private static long tag(int hash) {
    return hash >>> SLOT_BITS;
  }

  /** Returns the time since the origin in units, at least 1, so that no entry is {@link #FREE}. */
  private long now() {
    return Math.max(1, (nanoClock.getAsLong() - origin >> UNIT_BITS) + 1 & TIME_MASK);
  }

  /** Returns the age of an entry in units; 0 if another thread made it after {@code now}. */
  private static long age(long entry, long now) {
    return Math.max(0, now - entry << TAG_BITS >> TAG_BITS);
  }
}
