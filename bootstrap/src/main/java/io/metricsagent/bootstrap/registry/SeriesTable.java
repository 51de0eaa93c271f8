package io.metricsagent.bootstrap.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the series of a key without allocating: an open-addressed hash table, replaced as a whole
 * when a series is added.
 *
 * <p><b>Invariants:</b> a published array is never changed; it is at most half full, so probing
 * ends at a {@code null}; a series once added is never removed. <b>Progress:</b> look-ups are
 * wait-free; only the first use of a key takes a lock, and none does once the limit is reached.
 *
 * <p>Past the limit every new key gets one shared series named {@value #OTHER}.
 */
final class SeriesTable<S extends SeriesTable.Series> {
  /** Name of the series that stands for all keys past the limit. */
  static final String OTHER = "_other";

  /**
   * A series with its key: up to four strings, each of them {@code null} or cut as {@link
   * SeriesNames} says.
   */
  abstract static class Series {
    private final String first;
    private final String second;
    private final String third;
    private final String fourth;

    Series(String first, String second, String third, String fourth) {
      this.first = SeriesNames.kept(first);
      this.second = SeriesNames.kept(second);
      this.third = SeriesNames.kept(third);
      this.fourth = SeriesNames.kept(fourth);
    }

    final String first() {
      return SeriesNames.wellFormed(first);
    }

    final String second() {
      return SeriesNames.wellFormed(second);
    }

    final String third() {
      return SeriesNames.wellFormed(third);
    }

    final String fourth() {
      return SeriesNames.wellFormed(fourth);
    }

    final boolean has(String a, String b, String c, String d) {
      return SeriesNames.matches(first, a)
          && SeriesNames.matches(second, b)
          && SeriesNames.matches(third, c)
          && SeriesNames.matches(fourth, d);
    }
  }

  /** Makes the series of a key. */
  interface Factory<S> {
    S create(String first, String second, String third, String fourth);
  }

  private final int kind;
  private final Factory<S> factory;
  private final int limit;
  private final DroppedSeries dropped;
  private final ReentrantLock adding;
  private volatile Series[] slots = new Series[16];
  private volatile S other;
  private int size;

  /**
   * Makes an empty table.
   *
   * @param kind the number of this table in {@code dropped}, which several tables share
   * @param adding the lock for making a series, which several tables share
   */
  SeriesTable(
      int kind, int limit, DroppedSeries dropped, ReentrantLock adding, Factory<S> factory) {
    this.kind = kind;
    this.limit = limit;
    this.dropped = dropped;
    this.adding = adding;
    this.factory = factory;
  }

  S get(String first, String second, String third, String fourth) {
    int hash = hash(first, second, third, fourth);
    S found = find(hash, first, second, third, fourth);
    return found == null ? addOrFold(hash, first, second, third, fourth) : found;
  }

  @SuppressWarnings("unchecked")
  private S find(int hash, String first, String second, String third, String fourth) {
    Series[] current = slots;
    int mask = current.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      Series series = current[i];
      if (series == null || series.has(first, second, third, fourth)) {
        return (S) series;
      }
    }
  }

  private S addOrFold(int hash, String first, String second, String third, String fourth) {
    if (other == null) {
      adding.lock();
      try {
        S found = find(hash, first, second, third, fourth);
        if (found != null) {
          return found;
        }
        if (size < limit) {
          return add(hash, first, second, third, fourth);
        }
        if (other == null) {
          other = overflow();
        }
      } finally {
        adding.unlock();
      }
    }
    // The table is full and will not change, but this key may have been added after get() looked.
    S found = find(hash, first, second, third, fourth);
    if (found != null) {
      return found;
    }
    if (!other.has(first, second, third, fourth)) {
      dropped.count(kind, hash, first, second, third, fourth);
    }
    return other;
  }

  /** Returns the shared series: the application's own series of that name, if there is one. */
  private S overflow() {
    S own = find(hash(OTHER, null, null, null), OTHER, null, null, null);
    return own == null ? factory.create(OTHER, null, null, null) : own;
  }

  private S add(int hash, String first, String second, String third, String fourth) {
    S created = factory.create(first, second, third, fourth);
    Series[] current = slots;
    Series[] next;
    if ((size + 1) * 2 <= current.length) {
      next = Arrays.copyOf(current, current.length);
    } else {
      next = new Series[current.length * 2];
      for (Series series : current) {
        if (series != null) {
          insert(next, hash(series.first, series.second, series.third, series.fourth), series);
        }
      }
    }
    insert(next, hash, created);
    slots = next;
    size++;
    return created;
  }

  private static void insert(Series[] into, int hash, Series series) {
    int mask = into.length - 1;
    int i = hash & mask;
    while (into[i] != null) {
      i = (i + 1) & mask;
    }
    into[i] = series;
  }

  private static int hash(String first, String second, String third, String fourth) {
    int hash = SeriesNames.hash(first);
    hash = 31 * hash + SeriesNames.hash(second);
    hash = 31 * hash + SeriesNames.hash(third);
    hash = 31 * hash + SeriesNames.hash(fourth);
    return hash ^ (hash >>> 15);
  }

  /** Returns all series, the shared one last. */
  @SuppressWarnings("unchecked")
  List<S> all() {
    List<S> all = new ArrayList<>();
    S shared = other;
    for (Series series : slots) {
      if (series != null && series != shared) {
        all.add((S) series);
      }
    }
    if (shared != null) {
      all.add(shared);
    }
    return all;
  }
}
