package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which messages of one mailbox are settled, for mailboxes whose messages have ids of any kind.
 *
 * <p><b>Guarantee:</b> of several settlements of one id, the first counts, whichever threads make
 * them, until the message is received again. An id that was never received counts too: somebody
 * else may have received the message, and it is settled nevertheless. <b>Progress:</b> lock-free,
 * except while the table grows; allocates nothing otherwise. <b>Bound:</b> {@value #MAX_SLOTS} ids;
 * the place of a settled id is used again when there is no other. An id without a place is not
 * followed, and each of its settlements counts.
 *
 * <p>The table refers to no object of the application: of an id, it has 63 bits of a hash.
 */
public final class IdTable {
  static final int MAX_SLOTS = 1 << 14;
  private static final int FIRST_SLOTS = 64;
  private static final int GROWTH = 4;

  /** How many neighbouring slots an id may be in. */
  private static final int PROBES = 16;

  private static final long FREE = 0;

  /** A slot whose time is being written. */
  private static final long BUSY = 1;

  /** The lowest bit of a slot says whether the message is settled. */
  private static final long SETTLED = 1;

  /** The slots of ids and, beside them, when the messages were sent. */
  private static final class Slots {
    private final AtomicLongArray ids;
    private final AtomicLongArray sentMillis;

    Slots(int length) {
      ids = new AtomicLongArray(length);
      sentMillis = new AtomicLongArray(length);
    }

    int at(long id, int probe) {
      return (int) (id >>> 1) + probe & ids.length() - 1;
    }

    int find(long id) {
      for (int i = 0; i < PROBES; i++) {
        int slot = at(id, i);
        if ((ids.get(slot) | SETTLED) == (id | SETTLED)) {
          return slot;
        }
      }
      return -1;
    }

    /**
     * Returns whether there was a place; {@code value} is the id with or without its lowest bit.
     */
    boolean put(long value, long sent, boolean inPlaceOfSettled) {
      for (int i = 0; i < PROBES; i++) {
        int slot = at(value, i);
        long there = ids.get(slot);
        boolean usable = there == FREE || (inPlaceOfSettled && there != BUSY && isSettled(there));
        if (usable && ids.compareAndSet(slot, there, BUSY)) {
          sentMillis.set(slot, sent);
          ids.set(slot, value);
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isSettled(long slot) {
    return (slot & SETTLED) != 0;
  }

  private volatile Slots slots = new Slots(FIRST_SLOTS);

  /**
   * Returns what identifies an id: texts, numbers and UUIDs by their value, and others by their
   * hash code, or by their identity.
   *
   * @param byIdentity whether an id is the message itself
   */
  public static long hash(Object id, boolean byIdentity) {
    long hash;
    if (id instanceof String text) {
      hash = text.length();
      for (int i = 0; i < text.length(); i++) {
        hash = 0x100000001B3L * (hash ^ text.charAt(i));
      }
    } else if (id instanceof Number number) {
      hash = number.longValue();
    } else if (id instanceof UUID uuid) {
      hash = uuid.getMostSignificantBits() * 31 + uuid.getLeastSignificantBits();
    } else {
      hash = byIdentity ? System.identityHashCode(id) : id.hashCode();
    }
    return mixed(hash);
  }

  /** Spreads all bits (the finalizer of MurmurHash3), and keeps clear of the values of slots. */
  private static long mixed(long hash) {
    long h = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    h = (h ^ h >>> 33) & ~SETTLED;
    return h == FREE ? 2 : h;
  }

  /**
   * A message was received, perhaps once more.
   *
   * @param id a {@link #hash}
   * @param sentMillis when the message was sent, in milliseconds of the epoch; 0 or less if it is
   *     unknown
   */
  public void received(long id, long sentMillis) {
    Slots current = slots;
    int slot = current.find(id);
    if (slot < 0) {
      put(id, sentMillis);
    } else {
      current.ids.compareAndSet(slot, id | SETTLED, id);
    }
  }

  private void put(long value, long sentMillis) {
    while (!slots.put(value, sentMillis, false)) {
      if (!grow(slots)) {
        slots.put(value, sentMillis, true);
        return;
      }
    }
  }

  /** Makes room; returns whether that is allowed. */
  private synchronized boolean grow(Slots full) {
    if (slots != full) {
      return true;
    }
    int length = full.ids.length();
    if (length >= MAX_SLOTS) {
      return false;
    }
    Slots more = new Slots(length * GROWTH);
    for (int i = 0; i < length; i++) {
      long there = full.ids.get(i);
      if (there != FREE && there != BUSY) {
        more.put(there, full.sentMillis.get(i), true);
      }
    }
    slots = more;
    return true;
  }

  /** Settles a message; returns whether that counts. */
  public boolean settle(long id) {
    Slots current = slots;
    int slot = current.find(id);
    boolean counts;
    if (slot < 0) {
      put(id | SETTLED, 0);
      counts = true;
    } else {
      counts = current.ids.compareAndSet(slot, id, id | SETTLED);
    }
    Slots grown = slots;
    if (grown != current) { // it was copied meanwhile, perhaps as it was before
      int copied = grown.find(id);
      if (copied >= 0) {
        grown.ids.compareAndSet(copied, id, id | SETTLED);
      }
    }
    return counts;
  }

  /** Forgets all messages. */
  public synchronized void clear() {
    slots = new Slots(FIRST_SLOTS);
  }

  /** Tells the times of the messages that were received and not settled. */
  public void sample(MailboxMetrics mailbox, LevelSample into) {
    Slots current = slots;
    for (int i = 0; i < current.ids.length(); i++) {
      long there = current.ids.get(i);
      if (there != FREE && there != BUSY && !isSettled(there)) {
        into.unsettled(mailbox, current.sentMillis.get(i));
      }
    }
  }
}
