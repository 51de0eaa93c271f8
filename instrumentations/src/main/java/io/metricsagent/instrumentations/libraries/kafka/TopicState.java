package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.Arrays;

/** The partitions of one topic that one consumer has messages of. Thread-safe. */
final class TopicState {
  /** Kafka's own brokers do not work with topics of this size. */
  private static final int MAX_PARTITIONS = 100_000;

  private static final PartitionState[] NONE = {};

  private final MailboxMetrics mailbox;
  private final boolean listened;

  /** By number, some of them {@code null}; replaced as a whole. */
  private volatile PartitionState[] partitions = NONE;

  /**
   * Makes a topic without partitions.
   *
   * @param listened whether a container hands the messages to a listener
   */
  TopicState(MailboxMetrics mailbox, boolean listened) {
    this.mailbox = mailbox;
    this.listened = listened;
  }

  MailboxMetrics mailbox() {
    return mailbox;
  }

  /** Returns a partition, or {@code null} if the consumer has no messages of it. */
  PartitionState partition(long number) {
    PartitionState[] all = partitions;
    return number >= 0 && number < all.length ? all[(int) number] : null;
  }

  /** Returns a partition, which is added if need be; {@code null} for an impossible number. */
  PartitionState add(long number) {
    PartitionState known = partition(number);
    return known != null || number < 0 || number >= MAX_PARTITIONS ? known : addNew((int) number);
  }

  private synchronized PartitionState addNew(int number) {
    PartitionState[] more = Arrays.copyOf(partitions, Math.max(partitions.length, number + 1));
    if (more[number] == null) {
      more[number] = listened ? new ListenerPartition(mailbox) : new PartitionState(mailbox);
      partitions = more;
    }
    return more[number];
  }

  synchronized void remove(int number) {
    PartitionState[] fewer = partitions.clone();
    fewer[number].forget();
    fewer[number] = null;
    partitions = fewer;
  }

  /** Returns how many messages the client has fetched that the application has not got. */
  long waiting() {
    long waiting = 0;
    for (PartitionState partition : partitions) {
      waiting += partition == null ? 0 : partition.waiting();
    }
    return waiting;
  }

  /** Returns the partitions by number, some of them {@code null}. The caller does not change it. */
  PartitionState[] partitions() {
    return partitions;
  }
}
