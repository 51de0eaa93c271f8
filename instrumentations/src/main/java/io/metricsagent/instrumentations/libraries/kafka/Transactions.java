package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import java.util.HashMap;
import java.util.Map;

/**
 * The offsets that producers have sent to their transactions, by group. They are committed with the
 * transaction, and nothing is if it is aborted. Thread-safe.
 */
final class Transactions {
  private static final Accessor GROUP = Accessor.path("groupId()");
  private static final Accessor OFFSET = Accessor.path("offset()");
  private static final int MAX_PRODUCERS = 10_000;

  /** A partition by its names, so that no object of the client is kept. */
  record Partition(String topic, int partition) {}

  private final KafkaTracker tracker;
  private final WeakMap<Object, Map<String, Map<Partition, Long>>> held =
      new WeakMap<>(MAX_PRODUCERS);

  Transactions(KafkaTracker tracker) {
    this.tracker = tracker;
  }

  /** Holds offsets until the transaction ends. */
  void sent(Object producer, Object offsets, Object group) {
    String name = group instanceof String text ? text : GROUP.readString(group);
    if (name == null || !(offsets instanceof Map<?, ?> map)) {
      return;
    }
    Map<String, Map<Partition, Long>> groups = held.putIfAbsent(producer, new HashMap<>());
    synchronized (groups) {
      Map<Partition, Long> sent = groups.computeIfAbsent(name, unused -> new HashMap<>());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String topic = Records.TOPIC.readString(entry.getKey());
        if (topic != null) {
          int number = (int) Records.PARTITION.readLong(entry.getKey());
          sent.put(new Partition(topic, number), OFFSET.readLong(entry.getValue()));
        }
      }
    }
  }

  /** The transaction is committed. */
  void committed(Object producer) {
    Map<String, Map<Partition, Long>> groups = held.remove(producer);
    if (groups != null) {
      synchronized (groups) {
        groups.forEach(tracker::committedFor);
      }
    }
  }

  /** The transaction is aborted, or another one begins. */
  void aborted(Object producer) {
    held.remove(producer);
  }
}
