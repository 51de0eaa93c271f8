package io.metricsagent.agent.rollups.signals;

import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Counts each stream once, in the rollup of its earliest session. The sessions come in the order of
 * their keys, which begin with the stream: so the sessions of a stream have all come as soon as a
 * key begins otherwise, and only a few streams are remembered. Not thread-safe.
 */
final class Streams {
  private record First(long startMs, RollupKey key) {}

  private final Rollups rollups;
  private final Map<String, First> open = new HashMap<>();

  Streams(Rollups rollups) {
    this.rollups = rollups;
  }

  /**
   * Adds a session.
   *
   * @param stream {@code null} if the session has none
   */
  void add(String stream, SessionFacts session, RollupKey key) {
    closeUnless(session.key());
    if (stream != null) {
      First first = new First(session.startMs(), key);
      open.merge(stream, first, (one, other) -> other.startMs < one.startMs ? other : one);
    }
  }

  /** Counts the streams that no session with this key can belong to. */
  private void closeUnless(String sessionKey) {
    Iterator<Map.Entry<String, First>> streams = open.entrySet().iterator();
    while (streams.hasNext()) {
      Map.Entry<String, First> stream = streams.next();
      if (!sessionKey.startsWith(stream.getKey() + SessionKey.SEPARATOR)) {
        count(stream.getValue());
        streams.remove();
      }
    }
  }

  private void count(First first) {
    rollups.at(first.key).count(Counter.STREAMS);
  }

  /** Counts the streams that are left. */
  void close() {
    open.values().forEach(this::count);
    open.clear();
  }
}
