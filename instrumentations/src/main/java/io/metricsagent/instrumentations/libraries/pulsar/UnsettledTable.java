package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages that one consumer has handed to the application and that are not settled. A message
 * is known by the ledger and the entry in which the broker stores it, and by its index if the entry
 * is a batch.
 *
 * <p><b>Guarantee:</b> a message is taken out once, whichever threads settle it, and whether by
 * itself, with its entry or with all up to one. <b>Progress:</b> a delivery and the settlement of
 * one message take no lock and allocate nothing, except that the table is made twice as large under
 * a lock when one of its parts is full. A settlement that does not find its message while messages
 * are moved looks once more, under the lock. Settlements of several messages take the lock and look
 * at the whole table, which is about as large as the most messages that were held at once.
 * <b>Bound:</b> {@value #MAX_CHUNKS} parts of {@value UnsettledChunk#PLACES} places; messages
 * beyond that are not followed, and {@link #unfollowed} counts them.
 */
class UnsettledTable {
  static final int MAX_CHUNKS = 1 << 13;

  private final AtomicInteger unfollowed = new AtomicInteger();

  /** The length is a power of two; replaced as a whole, under the lock. */
  private volatile UnsettledChunk[] chunks = {new UnsettledChunk()};

  /**
   * How often messages began or ended to be moved, so odd while they are; changed under the lock. A
   * message that is not where it belongs was moved only if this is odd or changes meanwhile.
   */
  private volatile int moves;

  /** Whether there was a message of a batch. */
  private volatile boolean hasBatches;

  /**
   * Adds a message that was handed to the application; one that is here already keeps its place.
   *
   * @param index the index in its batch, or a negative number
   * @param sentMillis when the message was sent, in milliseconds of the epoch; 0 or less if it is
   *     unknown
   */
  void delivered(long ledger, long entry, int index, long sentMillis) {
    if (index >= 0 && !hasBatches) {
      hasBatches = true;
    }
    long number = number(ledger, entry, index);
    UnsettledChunk[] all = chunks;
    UnsettledChunk chunk = all[place(number, all.length)];
    if (!chunk.put(number, ledger, entry, index, sentMillis) || chunks != all) {
      putExactly(chunk, number, ledger, entry, index, sentMillis);
    }
  }

  /** Adds a message where it belongs, and removes it from a chunk that other threads may leave. */
  private synchronized void putExactly(
      UnsettledChunk left, long number, long ledger, long entry, int index, long sentMillis) {
    moves++;
    try {
      left.remove(number);
      put(number, ledger, entry, index, sentMillis);
    } finally {
      moves++;
    }
  }

  /** Adds a message, under the lock; makes the table larger as long as there is no place. */
  void put(long number, long ledger, long entry, int index, long sentMillis) {
    UnsettledChunk[] all = chunks;
    while (!all[place(number, all.length)].put(number, ledger, entry, index, sentMillis)) {
      if (all.length >= MAX_CHUNKS) {
        unfollowed.incrementAndGet();
        return;
      }
      grow(all);
      all = chunks;
    }
  }

  /** Mixes the numbers of a message, so that two messages hardly ever have the same one. */
  private static long number(long ledger, long entry, int index) {
    long mixed = mix(mix(mix(ledger) + entry) + index);
    return mixed >>> 1 == 0 ? 2 : mixed; // 0 and 1 mean something else
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  static int place(long number, int chunks) {
    return (int) number & (chunks - 1);
  }

  /** Makes the table larger, under the lock. */
  private void grow(UnsettledChunk[] full) {
    UnsettledChunk[] larger = new UnsettledChunk[2 * full.length];
    for (int i = 0; i < larger.length; i++) {
      larger[i] = newChunk();
    }
    chunks = larger;
    for (UnsettledChunk chunk : full) {
      chunk.moveTo(this);
    }
  }

  /** Returns an empty part of a larger table. */
  UnsettledChunk newChunk() {
    return new UnsettledChunk();
  }

  /**
   * Takes a message out; returns how many there were.
   *
   * @param index a negative number for all messages of the entry
   */
  int settle(long ledger, long entry, int index) {
    long number = number(ledger, entry, index);
    int before = moves;
    UnsettledChunk[] all = chunks;
    if (all[place(number, all.length)].remove(number)
        || (((before & 1) != 0 || moves != before) && removeExactly(number))) {
      return 1;
    }
    return index < 0 ? settleEntry(ledger, entry) : 0;
  }

  private synchronized boolean removeExactly(long number) {
    UnsettledChunk[] all = chunks;
    return all[place(number, all.length)].remove(number);
  }

  /** Takes all messages of an entry out; returns how many there were. */
  int settleEntry(long ledger, long entry) {
    if (!hasBatches) {
      return settleSingle(ledger, entry);
    }
    int settled = 0;
    synchronized (this) {
      for (UnsettledChunk chunk : chunks) {
        settled += chunk.removeEntry(ledger, entry);
      }
    }
    return settled;
  }

  private int settleSingle(long ledger, long entry) {
    return removeExactly(number(ledger, entry, -1)) ? 1 : 0;
  }

  /** Takes all messages up to and including one out; returns how many there were. */
  synchronized int settleUpTo(long ledger, long entry, int index) {
    int settled = 0;
    for (UnsettledChunk chunk : chunks) {
      settled += chunk.removeUpTo(ledger, entry, index);
    }
    return settled;
  }

  /** Takes all messages out; returns how many there were. */
  int settleAll() {
    return settleUpTo(Long.MAX_VALUE, Long.MAX_VALUE, -1);
  }

  int size() {
    int size = 0;
    for (UnsettledChunk chunk : chunks) {
      size += chunk.size();
    }
    return size;
  }

  /** Returns how many messages were not followed because there were too many. */
  int unfollowed() {
    return unfollowed.get();
  }

  void sample(LevelSample into, MailboxMetrics mailbox) {
    for (UnsettledChunk chunk : chunks) {
      chunk.sample(into, mailbox);
    }
  }
}
