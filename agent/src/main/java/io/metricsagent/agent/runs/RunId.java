package io.metricsagent.agent.runs;

/** A run id as 125 bits of a hash. One object is used for all lines of a file. Not thread-safe. */
final class RunId {
  /** The bits of {@link #low} that are always 0. */
  static final long FREE_BITS = 7;

  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xD6E8FEB86659FD93L;

  private boolean present;
  private long high;
  private long low;

  /** Forgets the id. */
  void clear() {
    present = false;
  }

  /** Takes the id from characters; an empty text is no id. */
  void set(char[] text, int offset, int length) {
    present = length > 0;
    long first = FIRST ^ length;
    long second = SECOND + length;
    for (int i = offset; i < offset + length; i++) {
      first = (Long.rotateLeft(first, 27) ^ text[i]) * FIRST;
      second = (Long.rotateLeft(second, 31) + text[i]) * SECOND;
    }
    high = mixed(first);
    low = mixed(second) & ~FREE_BITS;
    low = low == 0 ? ~FREE_BITS : low; // a set marks its free slots with 0
  }

  boolean isPresent() {
    return present;
  }

  long high() {
    return high;
  }

  /** Returns the second half, which is never 0 and leaves {@link #FREE_BITS} free. */
  long low() {
    return low;
  }

  /** The last step of MurmurHash3, which spreads each bit over the whole number. */
  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ mixed >>> 33;
  }
}
