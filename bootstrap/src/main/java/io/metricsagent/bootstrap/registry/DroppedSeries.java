package io.metricsagent.bootstrap.registry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the distinct series that the cardinality limit folded into {@code _other}: exactly up to
 * 4096 of them, then no further. Lock-free; 32 KB, from the first dropped series on.
 */
final class DroppedSeries {
  private static final int MAX = 4096;

  /** Kept in its own class so that the set exists only where a limit was reached. */
  private static final class Seen {
    private final AtomicLongArray hashes = new AtomicLongArray(2 * MAX);
  }

  private final AtomicLong distinct = new AtomicLong();
  private final Runnable onFirst;
  private volatile Seen seen;

  DroppedSeries(Runnable onFirst) {
    this.onFirst = onFirst;
  }

  long count() {
    return distinct.get();
  }

  void count(int hash, String first, String second, String third, String fourth) {
    if (distinct.get() >= MAX) {
      return;
    }
    Seen set = seen;
    if (set == null) {
      set = new Seen();
      seen = set;
    }
    long key =
        ((long) hash << 32)
            ^ spread(first)
            ^ (spread(second) * 31)
            ^ (spread(third) * 961)
            ^ (spread(fourth) * 29_791);
    key = key == 0 ? 1 : key;
    AtomicLongArray hashes = set.hashes;
    int mask = hashes.length() - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      long there = hashes.get(i);
      if (there == 0 && hashes.compareAndSet(i, 0, key)) {
        if (distinct.getAndIncrement() == 0) {
          onFirst.run();
        }
        return;
      }
      if (hashes.get(i) == key) {
        return;
      }
    }
  }

  /** A second hash of a string, so that two keys of equal {@code hashCode} are told apart. */
  private static long spread(String part) {
    long hash = 1;
    if (part != null) {
      for (int i = 0; i < part.length(); i++) {
        hash = hash * 1_000_003 + part.charAt(i);
      }
    }
    return hash;
  }
}
