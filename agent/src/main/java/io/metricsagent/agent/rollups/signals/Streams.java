package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Counts each stream once, in the rollup of its earliest session. The sessions come in the order of
 * their keys, which begin with the stream: so the sessions of a stream have all come as soon as a
 * key begins otherwise, and only a few streams are remembered. Not thread-safe.
 */
final class Streams {
  private record First(long startMs, RollupKey key) {}

  private final Rollups rollups;

  /** The last key begins with each of these streams, so their lengths tell them apart. */
  private final TreeMap<Integer, First> open = new TreeMap<>();

  private String lastKey = "";

  Streams(Rollups rollups) {
    this.rollups = rollups;
  }

  /**
   * Adds a session.
   *
   * @param stream {@code null} if the session has none
   */
  void add(String stream, SessionFacts session, RollupKey key) {
    closeFrom(commonPrefix(lastKey, session.key()));
    lastKey = session.key();
    if (stream != null) {
      First first = new First(session.startMs(), key);
      open.merge(stream.length(), first, (one, other) -> other.startMs < one.startMs ? other : one);
    }
  }

  private static int commonPrefix(String first, String second) {
    int end = Math.min(first.length(), second.length());
    int length = 0;
    while (length < end && first.charAt(length) == second.charAt(length)) {
      length++;
    }
    return length;
  }

  /** Counts the streams of at least that length: no session to come begins with them. */
  private void closeFrom(int length) {
    Collection<First> closed = open.tailMap(length).values();
    closed.forEach(first -> rollups.at(first.key).count(Counter.STREAMS));
    closed.clear();
  }

  /** Counts the streams that are left. */
  void close() {
    closeFrom(0);
  }
}
