package io.metricsagent.agent.sessions;

/**
 * A set of names that takes 8 bytes a name in a table that is at most half full. It stores 64 bits
 * of a hash and not the name, so a name may seem to be in the set although it is not: among ten
 * million names with a probability of less than 10⁻⁵. Not thread-safe.
 */
final class NameSet {
  private static final int INITIAL_SLOTS = 64;
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int MIX = 32;

  /** 0 stands for a free slot. */
  private long[] slots = new long[INITIAL_SLOTS];

  private int size;

  /** Adds a name and returns whether it was not in the set. */
  boolean add(String name) {
    if (2 * size >= slots.length) {
      grow();
    }
    return add(slots, hash(name));
  }

  private boolean add(long[] table, long hash) {
    int mask = table.length - 1;
    int slot = (int) (hash ^ hash >>> MIX) & mask;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = slot + 1 & mask;
    }
    boolean added = table[slot] == 0;
    table[slot] = hash;
    size += added ? 1 : 0;
    return added;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    size = 0;
    for (long hash : slots) {
      if (hash != 0) {
        add(larger, hash);
      }
    }
    slots = larger;
  }

  private static long hash(String name) {
    long hash = FNV_BASIS;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }
}
