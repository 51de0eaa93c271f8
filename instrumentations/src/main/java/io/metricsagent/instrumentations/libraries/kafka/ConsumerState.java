package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * One {@code KafkaConsumer}: its topics, and what it has delivered and not committed. One thread
 * polls; a thread of the client may report commits, and the thread of a snapshot reads. Refers to
 * the consumer weakly, and to no other object of the application.
 *
 * <p>The cost of a poll is a few calls for each partition in it, fewer if it has one partition and
 * the poll before had the same, and one read of a time stamp for each record: neighbouring records
 * with the same time stamp are recorded together. Offsets are read from the first and the last
 * record of a partition; only where their distance shows a gap are all of them read.
 */
final class ConsumerState implements LevelSource {
  static final String SYSTEM = "kafka";
  private static final int MAX_TOPICS = 10_000;
  private static final WeakReference<Object> NO_PARTITION = new WeakReference<>(null);

  /** The client throws for a consumer without a group. */
  private static final Accessor GROUP = Accessor.pathThatMayThrow("groupMetadata().groupId()");

  /** The client throws for a consumer that is closed. */
  private static final Accessor ASSIGNMENT = Accessor.pathThatMayThrow("assignment()");

  private final Mailboxes mailboxes;
  private final WeakReference<Object> consumer;
  private final Map<String, TopicState> topics = new ConcurrentHashMap<>(4);
  private volatile String group;

  /** Whether an offset was committed, which a consumer without a group never does. */
  private volatile boolean commits;

  private volatile boolean closed;

  /** Whether a listener container polls, so that a poll is no delivery. */
  private volatile boolean listened;

  private int assignments;

  /** The topic and the number of the partition whose messages are being recorded. */
  private TopicState topic;

  private long number;

  /** The client's object for that partition, if it was the only one of its poll. */
  private WeakReference<Object> onlyPartition = NO_PARTITION;

  /** The queue of the last message; {@code null} before the first one. */
  private volatile MailboxMetrics last;

  ConsumerState(Mailboxes mailboxes, Object consumer) {
    this.mailboxes = mailboxes;
    this.consumer = new WeakReference<>(consumer);
  }

  /**
   * Records what a poll returned; called by the thread that polled, after the consumer has released
   * its guard against other threads.
   *
   * @param currentAssignments a number that changes when any consumer gets other partitions
   * @return the queue of the first message, or {@code null} if there was none
   */
  MailboxMetrics polled(Object self, Object records, int currentAssignments) {
    if (assignments != currentAssignments) {
      assignments = currentAssignments;
      forgetUnassigned(self);
    }
    MailboxMetrics first = null;
    Set<?> partitions = Records.partitions(records);
    for (Object partition : partitions) {
      List<?> list = Records.of(records, partition);
      if (!list.isEmpty() && locate(self, partition, partitions.size() == 1)) {
        MailboxMetrics mailbox = delivered(topic, number, list);
        first = first == null ? mailbox : first;
      }
    }
    if (first != null && first != last) {
      last = first;
    }
    return first;
  }

  /**
   * Finds the topic and the number of a partition; returns whether they can be read.
   *
   * @param only whether all messages of the poll are of this partition
   */
  private boolean locate(Object self, Object partition, boolean only) {
    if (only && onlyPartition.refersTo(partition)) {
      return true;
    }
    onlyPartition = NO_PARTITION;
    String name = Records.TOPIC.readString(partition);
    if (name == null) {
      return false;
    }
    if (group == null) {
      String id = GROUP.readString(self);
      group = id == null ? "" : id;
    }
    topic = topic(name);
    number = Records.PARTITION.readLong(partition);
    if (only) {
      onlyPartition = new WeakReference<>(partition);
    }
    return true;
  }

  /**
   * Returns the queue of a call that names no topic and has failed: that of the last poll's first
   * message; {@code null} before the first message.
   */
  MailboxMetrics last() {
    return last;
  }

  /** Returns the queue of a topic that the consumer has had messages of, or {@code null}. */
  MailboxMetrics mailbox(String topic) {
    TopicState known = topic == null ? null : topics.get(topic);
    return known == null ? null : known.mailbox();
  }

  /** A listener container of Spring polls: it hands the records to its listener afterwards. */
  void polledByContainer() {
    if (!listened) {
      listened = true;
    }
  }

  private MailboxMetrics delivered(TopicState state, long partition, List<?> records) {
    int size = records.size();
    Object first = records.get(0);
    ToLongFunction<Object> timestamps = Records.TIMESTAMP.inLoopsOver(first.getClass());
    if (!listened) {
      Records.recordAges(state.mailbox(), records, timestamps);
    }
    PartitionState known = state.add(partition);
    if (known == null) {
      return state.mailbox();
    }
    ToLongFunction<Object> offsets = Records.OFFSET.inLoopsOver(first.getClass());
    long from = offsets.applyAsLong(first);
    long to = offsets.applyAsLong(records.get(size - 1));
    known.deliveryBegins(from);
    if (to - from + 1 == size) {
      known.delivered(from, to, size, timestamps.applyAsLong(first));
    } else {
      known.delivered(runs(records, offsets, timestamps));
    }
    return state.mailbox();
  }

  TopicState topic(String name) {
    TopicState known = topics.get(name);
    if (known == null) {
      known = new TopicState(mailboxes.of(name, SYSTEM), listened);
      if (topics.size() < MAX_TOPICS) {
        topics.put(name, known);
      }
    }
    return known;
  }

  private static DeliveredOffsets.Runs runs(
      List<?> records, ToLongFunction<Object> offsets, ToLongFunction<Object> timestamps) {
    DeliveredOffsets.Runs runs = new DeliveredOffsets.Runs();
    long start = offsets.applyAsLong(records.get(0));
    long last = start;
    long sent = timestamps.applyAsLong(records.get(0));
    for (Object record : records) {
      long offset = offsets.applyAsLong(record);
      if (offset != last && offset != last + 1) { // the first one is the last one so far
        runs.add(start, last, last - start + 1, sent);
        start = offset;
        sent = timestamps.applyAsLong(record);
      }
      last = offset;
    }
    runs.add(start, last, last - start + 1, sent);
    return runs;
  }

  /** Drops the partitions that the consumer has lost. */
  private void forgetUnassigned(Object self) {
    if (topics.isEmpty() || !(ASSIGNMENT.read(self) instanceof Set<?> assigned)) {
      return;
    }
    Map<String, Set<Long>> numbers = new HashMap<>();
    for (Object partition : assigned) {
      String topic = Records.TOPIC.readString(partition);
      if (topic != null) {
        numbers
            .computeIfAbsent(topic, unused -> new HashSet<>())
            .add(Records.PARTITION.readLong(partition));
      }
    }
    for (Map.Entry<String, TopicState> topic : topics.entrySet()) {
      Set<Long> kept = numbers.getOrDefault(topic.getKey(), Set.of());
      PartitionState[] partitions = topic.getValue().partitions();
      for (int i = 0; i < partitions.length; i++) {
        if (partitions[i] != null && !kept.contains((long) i)) {
          topic.getValue().remove(i);
        }
      }
    }
  }

  /** Returns the consumer group; empty for none, {@code null} before the first message. */
  String group() {
    return group;
  }

  /** Returns a partition, or {@code null} if the consumer has no messages of it. */
  PartitionState find(String name, long partition) {
    TopicState topic = name == null ? null : topics.get(name);
    return topic == null ? null : topic.partition(partition);
  }

  /** Settles what is before the committed offset of a partition. */
  void committed(String topic, long partition, long offset) {
    PartitionState known = find(topic, partition);
    if (known != null) {
      if (!commits) {
        commits = true;
      }
      known.committed(offset);
    }
  }

  /**
   * The application sets the position of a partition.
   *
   * @param partition {@code null} for all partitions
   * @param offset the new position, or -1 if it is unknown
   */
  void sought(Object partition, long offset) {
    if (partition != null) {
      PartitionState known =
          find(Records.TOPIC.readString(partition), Records.PARTITION.readLong(partition));
      if (known != null) {
        known.sought(offset);
      }
      return;
    }
    for (TopicState topic : topics.values()) {
      for (PartitionState known : topic.partitions()) {
        if (known != null) {
          known.sought(offset);
        }
      }
    }
  }

  /** Forgets everything: the consumer is closed. */
  void close() {
    closed = true;
    onlyPartition = NO_PARTITION;
    topics.clear();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void sample(LevelSample into) {
    Object self = consumer.get();
    if (self == null || topics.isEmpty()) {
      return;
    }
    if (commits || !"".equals(group)) {
      sampleUnsettled(into);
    }
    LagMetrics.of(self, topics)
        .forEach((topic, lag) -> into.depth(topic.mailbox(), lag + topic.waiting()));
  }

  private void sampleUnsettled(LevelSample into) {
    for (TopicState topic : topics.values()) {
      for (PartitionState partition : topic.partitions()) {
        if (partition != null) {
          into.unsettled(topic.mailbox(), partition.oldestSentMillis());
        }
      }
    }
  }
}
