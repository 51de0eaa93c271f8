package io.metricsagent.agent.runs;

import java.io.IOException;

/**
 * A set of run ids, each with up to three bits. An id takes 16 bytes in a table that is at most
 * three quarters full, whatever number of events the run has. Not thread-safe.
 *
 * <p>The set stores 125 bits of a hash and not the id itself. Two ids among a million share these
 * bits with a probability of less than 10⁻²⁵.
 */
final class IdSet {
  private static final int INITIAL_SLOTS = 16;
  private static final int BYTES_PER_SLOT = 2 * Long.BYTES;

  /** The bits of an id stand where {@link RunId#low} has zeros, so that one look finds both. */
  private static final long BITS = RunId.FREE_BITS;

  /** Is told ids. */
  interface Action {
    void id(long high, long low, int bits) throws IOException;
  }

  /** Two numbers for each slot; the second one is 0 where the slot is free. */
  private long[] keys = new long[2 * INITIAL_SLOTS];

  private int size;

  /** Adds an id, or adds bits to those of an id that the set contains. */
  void add(RunId id, int added) {
    add(id.high(), id.low(), added);
  }

  private void add(long high, long low, int added) {
    if (size >= slots() / 4 * 3) {
      resize(slots() * 2);
    }
    int slot = slot(high, low);
    if (keys[2 * slot + 1] == 0) {
      keys[2 * slot] = high;
      keys[2 * slot + 1] = low;
      size++;
    }
    keys[2 * slot + 1] |= added;
  }

  /** Adds all ids of another set with their bits. */
  void addAll(IdSet other) {
    // A table that grows while it takes ids in the order of another table gets long chains.
    if (other.slots() > slots()) {
      resize(other.slots());
    }
    for (int i = 0; i < other.keys.length; i += 2) {
      long low = other.keys[i + 1];
      if (low != 0) {
        add(other.keys[i], low & ~BITS, (int) (low & BITS));
      }
    }
  }

  int size() {
    return size;
  }

  /** Returns how much memory the table takes, in bytes. */
  long bytes() {
    return (long) slots() * BYTES_PER_SLOT;
  }

  /** Tells all ids with their bits, in no order. */
  void forEach(Action action) throws IOException {
    for (int i = 0; i < keys.length; i += 2) {
      long low = keys[i + 1];
      if (low != 0) {
        action.id(keys[i], low & ~BITS, (int) (low & BITS));
      }
    }
  }

  /** Returns the number of ids that both sets contain. */
  int countCommon(IdSet other) {
    int common = 0;
    for (int i = 0; i < keys.length; i += 2) {
      long low = keys[i + 1];
      if (low != 0 && other.keys[2 * other.slot(keys[i], low & ~BITS) + 1] != 0) {
        common++;
      }
    }
    return common;
  }

  /**
   * Returns the number of ids whose bits within a mask are exactly those expected.
   *
   * @param mask the bits that matter
   */
  int count(int mask, int expected) {
    int count = 0;
    for (int i = 1; i < keys.length; i += 2) {
      if (keys[i] != 0 && (keys[i] & mask) == expected) {
        count++;
      }
    }
    return count;
  }

  private int slots() {
    return keys.length / 2;
  }

  /** Returns the slot of an id, or the free slot where it belongs. */
  private int slot(long high, long low) {
    int mask = slots() - 1;
    int slot = (int) high & mask;
    while (keys[2 * slot + 1] != 0
        && (keys[2 * slot] != high || (keys[2 * slot + 1] & ~BITS) != low)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void resize(int slots) {
    long[] old = keys;
    keys = new long[2 * slots];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != 0) {
        int slot = slot(old[i], old[i + 1] & ~BITS);
        keys[2 * slot] = old[i];
        keys[2 * slot + 1] = old[i + 1];
      }
    }
  }
}
