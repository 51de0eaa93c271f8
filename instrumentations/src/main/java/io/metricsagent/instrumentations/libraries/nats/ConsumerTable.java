package io.metricsagent.instrumentations.libraries.nats;

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
   * Stores a consumer in place of the one with the same name. A full table first drops consumers
   * that are not durable: each of them has a name that is used once. A table that is full of
   * durable ones does not take another one.
   */
  synchronized void put(String queue, ConsumerState state) {
    boolean known = find(queue, 0, queue.length()) != null;
    if (!known && size >= capacity) {
      keepDurable();
    }
    if (!known && size >= capacity) {
      return;
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

  private void keepDurable() {
    Entry[] kept = new Entry[BUCKETS];
    size = 0;
    for (int i = 0; i < BUCKETS; i++) {
      for (Entry e = buckets[i]; e != null; e = e.next) {
        if (e.state.facts().durable()) {
          kept[i] = new Entry(e.queue, e.state, kept[i]);
          size++;
        }
      }
    }
    buckets = kept;
  }

  synchronized int size() {
    return size;
  }
}
