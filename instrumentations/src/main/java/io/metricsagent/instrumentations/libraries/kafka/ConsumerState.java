package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * One {@code KafkaConsumer}: its topics, and what it has delivered and not committed. One thread
 * polls; a thread of the client may report commits, and the thread of a snapshot reads. Refers to
 * the consumer weakly, and to no other object of the application.
 *
 * <p>The cost of a poll is a few calls for each partition in it, and one read of a time stamp for
 * each record: neighbouring records with the same time stamp are recorded together. Offsets are
 * read from the first and the last record of a partition; only where their distance shows a gap are
 * all of them read.
 */
final class ConsumerState implements LevelSource {
  static final String SYSTEM = "kafka";
  private static final int MAX_TOPICS = 10_000;

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
    for (Object partition : Records.partitions(records)) {
      List<?> list = Records.of(records, partition);
      String topic = Records.TOPIC.readString(partition);
      if (topic != null && !list.isEmpty()) {
        if (group == null) {
          String name = GROUP.readString(self);
          group = name == null ? "" : name;
        }
        MailboxMetrics mailbox = delivered(topic, Records.PARTITION.readLong(partition), list);
        first = first == null ? mailbox : first;
      }
    }
    if (first != null && first != last) {
      last = first;
    }
    return first;
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

  private MailboxMetrics delivered(String topic, long partition, List<?> records) {
    TopicState state = topic(topic);
    int size = records.size();
    Object first = records.get(0);
    if (!listened) {
      recordAges(state.mailbox(), records, first);
    }
    PartitionState known = state.add(partition);
    if (known == null) {
      return state.mailbox();
    }
    long from = Records.OFFSET.readLong(first);
    long to = Records.OFFSET.readLong(records.get(size - 1));
    long sent = Records.TIMESTAMP.readLong(first);
    known.deliveryBegins(from);
    if (to - from + 1 == size) {
      known.delivered(from, to, size, sent);
    } else {
      known.delivered(runs(records, from));
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

  private static void recordAges(MailboxMetrics mailbox, List<?> records, Object first) {
    AgeSource source = Records.clock(first);
    long now = System.currentTimeMillis();
    ToLongFunction<Object> timestamps = Records.TIMESTAMP.inLoopsOver(first.getClass());
    // By index, which costs one call of the list for each record where an iterator costs two; an
    // interceptor may have made a list that is slow by index.
    List<?> list = records instanceof RandomAccess ? records : new ArrayList<>(records);
    int size = list.size();
    long sent = timestamps.applyAsLong(first);
    int begin = 0;
    for (int i = 1; i < size; i++) {
      long next = timestamps.applyAsLong(list.get(i));
      if (next != sent) {
        mailbox.recordDelivered(i - begin, MailboxMetrics.UNKNOWN, sent, now, source);
        sent = next;
        begin = i;
      }
    }
    mailbox.recordDelivered(size - begin, MailboxMetrics.UNKNOWN, sent, now, source);
  }

  private static DeliveredOffsets.Runs runs(List<?> records, long from) {
    DeliveredOffsets.Runs runs = new DeliveredOffsets.Runs();
    long start = from;
    long last = from;
    long sent = Records.TIMESTAMP.readLong(records.get(0));
    ToLongFunction<Object> offsets = Records.OFFSET.inLoopsOver(records.get(0).getClass());
    for (Object record : records) {
      long offset = offsets.applyAsLong(record);
      if (offset != last && offset != last + 1) { // the first one is the last one so far
        runs.add(start, last, last - start + 1, sent);
        start = offset;
        sent = Records.TIMESTAMP.readLong(record);
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
