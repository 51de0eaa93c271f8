package io.metricsagent.instrumentations.libraries.nats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Consumers by the part {@code <stream>.<consumer>} of a subject, which is looked up in place,
 * without a text of its own. Thread-safe: a look-up takes no lock; a change replaces the table.
 */
final class ConsumerTable {
  private static final int BUCKETS = 256;

  private record Entry(String queue, ConsumerState state, Entry next) {}

  private volatile Entry[] buckets = new Entry[BUCKETS];
  private final int capacity;
  private int size;

  ConsumerTable(int capacity) {
    this.capacity = capacity;
  }

  /** Returns the consumer that a part of a subject names, or {@code null}. */
  ConsumerState find(String subject, int from, int to) {
    int length = to - from;
    for (Entry e = buckets[bucket(subject, from, to)]; e != null; e = e.next) {
      if (e.queue.length() == length && subject.startsWith(e.queue, from)) {
        return e.state;
      }
    }
    return null;
  }

  private static int bucket(String subject, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + subject.charAt(i);
    }
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
  }

  /**
   * Stores a consumer in place of the one with the same name. A full table first forgets half of
   * the consumers that are not durable, since each of them has a name that is used once, or half of
   * all, if all are durable: those that delivered least recently.
   */
  synchronized void put(String queue, ConsumerState state) {
    boolean known = find(queue, 0, queue.length()) != null;
    if (!known && size >= capacity) {
      forgetIdle();
    }
    Entry[] more = buckets.clone();
    int bucket = bucket(queue, 0, queue.length());
    Entry others = null;
    for (Entry e = more[bucket]; e != null; e = e.next) {
      if (!e.queue.equals(queue)) {
        others = new Entry(e.queue, e.state, others);
      }
    }
    more[bucket] = new Entry(queue, state, others);
    buckets = more;
    size += known ? 0 : 1;
  }

  private void forgetIdle() {
    List<ConsumerState> idle = states(false);
    if (idle.isEmpty()) {
      idle = states(true);
    }
    idle.sort((a, b) -> Long.compare(a.usedNanos() - b.usedNanos(), 0)); // the clock may overflow
    Set<ConsumerState> forgotten = new HashSet<>(idle.subList(0, (idle.size() + 1) / 2));
    Entry[] kept = new Entry[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      for (Entry e = buckets[i]; e != null; e = e.next) {
        if (!forgotten.contains(e.state)) {
          kept[i] = new Entry(e.queue, e.state, kept[i]);
        }
      }
    }
    buckets = kept;
    size -= forgotten.size();
  }

  private List<ConsumerState> states(boolean durable) {
    List<ConsumerState> states = new ArrayList<>();
    for (Entry first : buckets) {
      for (Entry e = first; e != null; e = e.next) {
        if (e.state.facts().durable() == durable) {
          states.add(e.state);
        }
      }
    }
    return states;
  }

  synchronized int size() {
    return size;
  }
}
