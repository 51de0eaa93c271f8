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
 * wait-free; only the first use of a key takes a lock.
 *
 * <p>Past the limit every new key gets one shared series named {@value #OTHER}.
 */
final class SeriesTable<S extends SeriesTable.Series> {
  /** Name of the series that stands for all keys past the limit. */
  static final String OTHER = "_other";

  /** A series knows its key: up to four strings, any of them {@code null}. */
  abstract static class Series {
    private final String first;
    private final String second;
    private final String third;
    private final String fourth;

    Series(String first, String second, String third, String fourth) {
      this.first = first;
      this.second = second;
      this.third = third;
      this.fourth = fourth;
    }

    final String first() {
      return first;
    }

    final String second() {
      return second;
    }

    final String third() {
      return third;
    }

    final String fourth() {
      return fourth;
    }

    private boolean has(String a, String b, String c, String d) {
      return same(first, a) && same(second, b) && same(third, c) && same(fourth, d);
    }

    private static boolean same(String x, String y) {
      return x == y || (x != null && x.equals(y));
    }
  }

  /** Makes the series of a key. */
  interface Factory<S> {
    S create(String first, String second, String third, String fourth);
  }

  private final Factory<S> factory;
  private final int limit;
  private final DroppedSeries dropped;
  private final ReentrantLock adding = new ReentrantLock();
  private volatile Series[] slots = new Series[16];
  private volatile S other;
  private int size;

  SeriesTable(int limit, DroppedSeries dropped, Factory<S> factory) {
    this.limit = limit;
    this.dropped = dropped;
    this.factory = factory;
  }

  @SuppressWarnings("unchecked")
  S get(String first, String second, String third, String fourth) {
    int hash = hash(first, second, third, fourth);
    Series[] current = slots;
    int mask = current.length - 1;
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      Series series = current[i];
      if (series == null) {
        return add(hash, first, second, third, fourth);
      }
      if (series.has(first, second, third, fourth)) {
        return (S) series;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private S add(int hash, String first, String second, String third, String fourth) {
    S overflow = other;
    if (overflow != null) {
      dropped.count(hash, first, second, third, fourth);
      return overflow;
    }
    adding.lock();
    try {
      Series[] current = slots;
      int mask = current.length - 1;
      for (int i = hash & mask; current[i] != null; i = (i + 1) & mask) {
        if (current[i].has(first, second, third, fourth)) {
          return (S) current[i];
        }
      }
      if (size >= limit) {
        if (other == null) {
          other = factory.create(OTHER, null, null, null);
        }
        dropped.count(hash, first, second, third, fourth);
        return other;
      }
      S created = factory.create(first, second, third, fourth);
      size++;
      Series[] next = Arrays.copyOf(current, current.length);
      if (size * 2 > current.length) {
        next = new Series[current.length * 2];
        for (Series series : current) {
          if (series != null) {
            insert(next, series);
          }
        }
      }
      insert(next, created);
      slots = next;
      return created;
    } finally {
      adding.unlock();
    }
  }

  private static void insert(Series[] into, Series series) {
    int mask = into.length - 1;
    int i = hash(series.first, series.second, series.third, series.fourth) & mask;
    while (into[i] != null) {
      i = (i + 1) & mask;
    }
    into[i] = series;
  }

  private static int hash(String first, String second, String third, String fourth) {
    int hash = first == null ? 0 : first.hashCode();
    hash = 31 * hash + (second == null ? 0 : second.hashCode());
    hash = 31 * hash + (third == null ? 0 : third.hashCode());
    hash = 31 * hash + (fourth == null ? 0 : fourth.hashCode());
    return hash ^ (hash >>> 15);
  }

  /** Returns all series, the shared one last. */
  @SuppressWarnings("unchecked")
  List<S> all() {
    List<S> all = new ArrayList<>();
    for (Series series : slots) {
      if (series != null) {
        all.add((S) series);
      }
    }
    if (other != null) {
      all.add(other);
    }
    return all;
  }
}
