package io.metricsagent.instrumentations.libraries.nats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Consumers by their server and the part {@code <stream>.<consumer>} of a subject, which is looked
 * up in place, without a text of its own. Thread-safe: a look-up takes no lock; a change replaces
 * the table.
 *
 * <p><b>Bound:</b> a full table forgets consumers that are idle ({@link ConsumerState#isIdle}) and
 * never one that delivers or settles. If all of them are in use, a further one is not followed. Of
 * consumers that are not followed, the table keeps what the client was told, so each is counted
 * rightly when it delivers: some thousands of them, those that were asked for last.
 */
final class ConsumerTable {
  private static final int BUCKETS = 256;

  /** How many consumers that are not followed are remembered for each one that is. */
  private static final int REMEMBERED = 4;

  /** For how long a table in which nobody is idle is not searched again. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Entry(String server, String queue, ConsumerState state, Entry next) {
    boolean is(String otherServer, String otherQueue) {
      return server == otherServer && queue.equals(otherQueue); // servers are canonical
    }
  }

  private record Name(String server, String queue) {}

  /** Forgets what was asked for least recently. */
  private static final class Remembered extends LinkedHashMap<Name, ConsumerFacts> {
    private static final long serialVersionUID = 1;
    private final int max;

    Remembered(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Name, ConsumerFacts> eldest) {
      return size() > max;
    }
  }

  private volatile Entry[] buckets = new Entry[BUCKETS];
  private final int capacity;
  private final Map<Name, ConsumerFacts> remembered;
  private volatile boolean lacks;
  private int size;
  private boolean searched;
  private long searchedNanos;

  ConsumerTable(int capacity) {
    this.capacity = capacity;
    remembered = new Remembered(REMEMBERED * capacity);
  }

  /**
   * Returns the consumer that a part of a subject names, or {@code null}.
   *
   * @param server one of {@link Servers}
   */
  ConsumerState find(String server, String subject, int from, int to) {
    int length = to - from;
    for (Entry e = buckets[bucket(subject, from, to)]; e != null; e = e.next) {
      if (e.server == server && e.queue.length() == length && subject.startsWith(e.queue, from)) {
        return e.state;
      }
    }
    return null;
  }

  private ConsumerState find(String server, String queue) {
    return find(server, queue, 0, queue.length());
  }

  private static int bucket(String subject, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + subject.charAt(i);
    }
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
  }

  /** Returns whether a consumer may have delivered that is not here, since there was no room. */
  boolean lacksConsumers() {
    return lacks;
  }

  /** Returns what the client was told about a consumer, or {@code null}. */
  synchronized ConsumerFacts facts(String server, String queue) {
    ConsumerState known = find(server, queue);
    return known == null ? remembered.get(new Name(server, queue)) : known.facts();
  }

  /**
   * Follows a consumer, in place of the one with the same name.
   *
   * @param nowNanos the time, by the clock of the consumers
   * @return whether it is followed
   */
  synchronized boolean put(String server, String queue, ConsumerState state, long nowNanos) {
    boolean known = find(server, queue) != null;
    if (!known && size >= capacity && !forgetIdle(nowNanos)) {
      remember(server, queue, state.facts());
      return false;
    }
    remembered.remove(new Name(server, queue));
    Entry[] more = buckets.clone();
    int bucket = bucket(queue, 0, queue.length());
    Entry others = null;
    for (Entry e = more[bucket]; e != null; e = e.next) {
      if (!e.is(server, queue)) {
        others = new Entry(e.server, e.queue, e.state, others);
      }
    }
    more[bucket] = new Entry(server, queue, state, others);
    buckets = more;
    size += known ? 0 : 1;
    return true;
  }

  private void remember(String server, String queue, ConsumerFacts facts) {
    lacks = true;
    if (!facts.areAsAssumed()) {
      remembered.put(new Name(server, queue), facts);
    }
  }

  /**
   * Forgets half of the idle consumers, those that were used least recently: of consumers that are
   * not durable, since each of them has a name that is used once; if none is idle, of durable ones.
   *
   * @return whether there was one
   */
  private boolean forgetIdle(long nowNanos) {
    if (searched && nowNanos - searchedNanos < PAUSE_NANOS) {
      return false;
    }
    List<ConsumerState> idle = idle(false, nowNanos);
    if (idle.isEmpty()) {
      idle = idle(true, nowNanos);
    }
    searched = idle.isEmpty();
    searchedNanos = nowNanos;
    if (searched) {
      return false;
    }
    idle.sort((a, b) -> Long.compare(a.usedNanos() - b.usedNanos(), 0)); // the clock may overflow
    Set<ConsumerState> forgotten = new HashSet<>(idle.subList(0, (idle.size() + 1) / 2));
    Entry[] kept = new Entry[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      for (Entry e = buckets[i]; e != null; e = e.next) {
        if (forgotten.contains(e.state)) {
          remember(e.server, e.queue, e.state.facts());
        } else {
          kept[i] = new Entry(e.server, e.queue, e.state, kept[i]);
        }
      }
    }
    buckets = kept;
    size -= forgotten.size();
    return true;
  }

  private List<ConsumerState> idle(boolean durable, long nowNanos) {
    List<ConsumerState> states = new ArrayList<>();
    for (Entry first : buckets) {
      for (Entry e = first; e != null; e = e.next) {
        if (e.state.facts().durable() == durable && e.state.isIdle(nowNanos)) {
          states.add(e.state);
        }
      }
    }
    return states;
  }

  /** Returns how many consumers are followed. */
  synchronized int size() {
    return size;
  }

  /** Returns of how many consumers that are not followed the table has facts. */
  synchronized int remembered() {
    return remembered.size();
  }
}
