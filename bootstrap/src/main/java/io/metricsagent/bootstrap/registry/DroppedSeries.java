package io.metricsagent.bootstrap.registry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the distinct series that the cardinality limit folded into {@code _other}: at most {@value
 * #MAX} of them. Lock-free. Takes 64 KB once the first series is dropped.
 *
 * <p>A series is identified by a 64-bit hash; two series with the same hash are counted as one.
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
   * Adds a string to a hash, in another way than {@code hashCode} does. The string's length is
   * added too, so that {@code null} differs from the empty string, and ("ab", "c") from ("a",
   * "bc").
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
