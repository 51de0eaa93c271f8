package io.metricsagent.agent.runs;

import io.metricsagent.agent.files.ExternalSort;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ids of runs for which the memory has no room. They are sorted by id, so the counting holds what
 * is known of one id at a time. Thread-safe.
 */
final class SpilledIds implements Closeable {
  /** How many ids a week has, and how many of them the next week has too. */
  private static final class Week {
    private long size;
    private long retained;
  }

  private static final int KEY_BYTES = 2 * Long.BYTES;
  private static final byte[] NO_WEEK = {};

  private final ExternalSort ids;
  private final TreeMap<Long, Week> weeks = new TreeMap<>();
  private boolean empty = true;

  /** Makes an empty collection. */
  SpilledIds() {
    this(new ExternalSort());
  }

  /** Makes an empty collection that sorts by a sort without records, and closes it. */
  SpilledIds(ExternalSort ids) {
    this.ids = ids;
  }

  synchronized boolean isEmpty() {
    return empty;
  }

  /** Adds ids of the window. */
  synchronized void addWindow(IdSet set) throws IOException {
    set.forEach((high, low, bits) -> ids.add(key(high, low), new byte[] {(byte) bits}));
    empty = false;
  }

  /** Adds ids of a week. */
  synchronized void addWeek(long week, IdSet set) throws IOException {
    byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(week).array();
    set.forEach((high, low, bits) -> ids.add(key(high, low), value));
    weeks.putIfAbsent(week, new Week());
    empty = false;
  }

  private static byte[] key(long high, long low) {
    return ByteBuffer.allocate(KEY_BYTES).putLong(high).putLong(low).array();
  }

  /** Counts all ids. */
  synchronized RunIds.Counts count() throws IOException {
    long successful = 0;
    byte[] id = NO_WEEK;
    int bits = 0;
    Set<Long> weeksOfId = new HashSet<>();
    try (ExternalSort.Cursor sorted = ids.read()) {
      for (ExternalSort.Entry one = sorted.next(); one != null; one = sorted.next()) {
        if (!Arrays.equals(one.key(), id)) {
          successful += RunIds.isSuccessful(bits) ? 1 : 0;
          count(weeksOfId);
          id = one.key();
          bits = 0;
          weeksOfId.clear();
        }
        if (one.value().length == 1) {
          bits |= one.value()[0];
        } else {
          weeksOfId.add(ByteBuffer.wrap(one.value()).getLong());
        }
      }
    }
    successful += RunIds.isSuccessful(bits) ? 1 : 0;
    count(weeksOfId);
    return new RunIds.Counts(successful, retention());
  }

  private void count(Set<Long> weeksOfId) {
    for (long number : weeksOfId) {
      Week week = weeks.get(number);
      week.size++;
      Long next = weeks.higherKey(number);
      week.retained += next != null && weeksOfId.contains(next) ? 1 : 0;
    }
  }

  private List<Retention> retention() {
    List<Retention> pairs = new ArrayList<>();
    for (Map.Entry<Long, Week> week : weeks.entrySet()) {
      Long next = weeks.higherKey(week.getKey());
      if (next != null) {
        Week counts = week.getValue();
        pairs.add(Retention.of(week.getKey(), next, counts.retained, counts.size));
      }
    }
    return pairs;
  }

  /** Forgets all ids and deletes the temporary files. */
  @Override
  public synchronized void close() throws IOException {
    ids.close();
  }
}
