package io.metricsagent.bootstrap.registry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the distinct series that the cardinality limit folded into {@code _other}: up to {@value
 * #MAX} of them, then no further. Lock-free; 64 KB, from the first dropped series on.
 *
 * <p>A series is known by 64 bits of hash; two that share them are counted as one.
 */
final class DroppedSeries {
  private static final int MAX = 4096;

  private final AtomicLong distinct = new AtomicLong();
  private final Runnable onFirst;

  /** An open-addressed set, at most half full; 0 is a free slot. */
  private final AtomicReference<AtomicLongArray> seen = new AtomicReference<>();

  DroppedSeries(Runnable onFirst) {
    this.onFirst = onFirst;
  }

  long count() {
    return distinct.get();
  }

  /**
   * Counts a series unless it has been counted.
   *
   * @param kind a small number for the kind of series
   * @param hash any hash of the key
   */
  void count(int kind, int hash, String first, String second, String third, String fourth) {
    if (distinct.get() >= MAX) {
      return;
    }
    AtomicLongArray hashes = seen.get();
    if (hashes == null) {
      seen.compareAndSet(null, new AtomicLongArray(2 * MAX));
      hashes = seen.get();
    }
    long key = kind;
    key = mix(key, first);
    key = mix(key, second);
    key = mix(key, third);
    key = mix(key, fourth);
    key = key == 0 ? 1 : key;
    int mask = hashes.length() - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      long there = hashes.get(i);
      if (there == 0) {
        there = hashes.compareAndExchange(i, 0, key);
        if (there == 0) {
          if (distinct.getAndIncrement() == 0) {
            onFirst.run();
          }
          return;
        }
      }
      if (there == key) {
        return;
      }
    }
  }

  /**
   * Continues a hash with a string, in another way than {@code hashCode}, and with its length, so
   * that {@code null}, the empty string and ("ab", "c") and ("a", "bc") are told apart.
   */
  private static long mix(long seed, String part) {
    int length = part == null ? -1 : Math.min(part.length(), SeriesNames.MAX_LENGTH);
    long hash = seed * 1_000_003 + length;
    if (part != null) {
      for (int i = 0; i < length; i++) {
        hash = hash * 1_000_003 + part.charAt(i);
      }
    }
    return hash;
  }
}
