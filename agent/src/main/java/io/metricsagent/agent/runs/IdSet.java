package io.metricsagent.agent.runs;

import java.io.IOException;

/**
 * A set of run ids, each with some bits. An id takes 17 bytes in a table that is at most three
 * quarters full, whatever number of events the run has. Not thread-safe.
 *
 * <p>The set stores 128 bits of a hash and not the id itself. Two ids among ten million share these
 * bits with a probability of less than 10⁻²⁴.
 */
final class IdSet {
  private static final int INITIAL_SLOTS = 16;
  private static final int BYTES_PER_SLOT = 2 * Long.BYTES + 1;

  /** Is told ids. */
  interface Action {
    void id(long high, long low, int bits) throws IOException;
  }

  /** Two numbers for each slot; the second one is 0 where the slot is free. */
  private long[] keys = new long[2 * INITIAL_SLOTS];

  private byte[] bits = new byte[INITIAL_SLOTS];
  private int size;

  /** Adds an id, or adds bits to those of an id that the set contains. */
  void add(RunId id, int added) {
    add(id.high(), id.low(), added);
  }

  private void add(long high, long low, int added) {
    if (size >= bits.length / 4 * 3) {
      resize(bits.length * 2);
    }
    int slot = slot(high, low);
    if (keys[2 * slot + 1] == 0) {
      keys[2 * slot] = high;
      keys[2 * slot + 1] = low;
      size++;
    }
    bits[slot] |= (byte) added;
  }

  /** Adds all ids of another set with their bits. */
  void addAll(IdSet other) {
    // A table that grows while it takes ids in the order of another table gets long chains.
    if (other.bits.length > bits.length) {
      resize(other.bits.length);
    }
    for (int slot = 0; slot < other.bits.length; slot++) {
      if (other.keys[2 * slot + 1] != 0) {
        add(other.keys[2 * slot], other.keys[2 * slot + 1], other.bits[slot]);
      }
    }
  }

  int size() {
    return size;
  }

  /** Returns how much memory the table takes, in bytes. */
  long bytes() {
    return (long) bits.length * BYTES_PER_SLOT;
  }

  /** Tells all ids with their bits, in no order. */
  void forEach(Action action) throws IOException {
    for (int slot = 0; slot < bits.length; slot++) {
      if (keys[2 * slot + 1] != 0) {
        action.id(keys[2 * slot], keys[2 * slot + 1], bits[slot]);
      }
    }
  }

  /** Returns the number of ids that both sets contain. */
  int countCommon(IdSet other) {
    int common = 0;
    for (int slot = 0; slot < bits.length; slot++) {
      long low = keys[2 * slot + 1];
      if (low != 0 && other.keys[2 * other.slot(keys[2 * slot], low) + 1] != 0) {
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
    for (int slot = 0; slot < bits.length; slot++) {
      if (keys[2 * slot + 1] != 0 && (bits[slot] & mask) == expected) {
        count++;
      }
    }
    return count;
  }

  /** Returns the slot of an id, or the free slot where it belongs. */
  private int slot(long high, long low) {
    int mask = bits.length - 1;
    int slot = (int) high & mask;
    while (keys[2 * slot + 1] != 0 && (keys[2 * slot] != high || keys[2 * slot + 1] != low)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void resize(int slots) {
    long[] oldKeys = keys;
    byte[] oldBits = bits;
    keys = new long[2 * slots];
    bits = new byte[slots];
    for (int old = 0; old < oldBits.length; old++) {
      if (oldKeys[2 * old + 1] != 0) {
        int slot = slot(oldKeys[2 * old], oldKeys[2 * old + 1]);
        keys[2 * slot] = oldKeys[2 * old];
        keys[2 * slot + 1] = oldKeys[2 * old + 1];
        bits[slot] = oldBits[old];
      }
    }
  }
}
