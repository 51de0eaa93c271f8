package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.Operation;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Share consumers: deliveries with their counts, and acknowledgements that the broker has
 * confirmed. Thread-safe; keeps no object of the application alive.
 */
final class ShareTracker {
  private static final Accessor ACKNOWLEDGEMENTS = Accessor.path("acknowledgements()");
  private static final Accessor TYPES = Accessor.path("getAcknowledgementsTypeMap()");
  private static final int MAX_OBJECTS = 100_000;

  private final Mailboxes mailboxes;

  /** The client's {@code Acknowledgements} of one partition that are on their way. */
  private final WeakMap<Object, MailboxMetrics> taken = new WeakMap<>(MAX_OBJECTS);

  /** Records whose lock the application extends: the client returns the same objects again. */
  private final WeakMap<Object, Boolean> renewed = new WeakMap<>(MAX_OBJECTS);

  ShareTracker(Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  /** Returns the time at which a call begins; 0 if calls are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  /** Records what a poll returned; returns the queue of the first message, or {@code null}. */
  MailboxMetrics polled(Object records) {
    MailboxMetrics first = null;
    for (Object partition : Records.partitions(records)) {
      List<?> list = Records.of(records, partition);
      String topic = Records.TOPIC.readString(partition);
      if (topic != null && !list.isEmpty()) {
        MailboxMetrics mailbox = mailboxes.of(topic, ConsumerState.SYSTEM);
        delivered(mailbox, list);
        first = first == null ? mailbox : first;
      }
    }
    return first;
  }

  /**
   * A commit has returned, which took a while.
   *
   * @param begun what {@link #begin} returned when the commit began
   * @param failures an optional exception for each partition that it has settled messages of
   */
  void committed(long begun, Object failures) {
    if (begun == 0 || !(failures instanceof Map<?, ?> map)) {
      return;
    }
    MailboxMetrics first = null;
    Throwable failure = null;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String topic = Records.TOPIC.readString(entry.getKey());
      if (first == null && topic != null) {
        first = mailboxes.of(topic, ConsumerState.SYSTEM);
      }
      if (failure == null && entry.getValue() instanceof Optional<?> optional) {
        failure = optional.orElse(null) instanceof Throwable thrown ? thrown : null;
      }
    }
    Operation.SETTLE.ended(begun, first, failure);
  }

  private void delivered(MailboxMetrics mailbox, List<?> records) {
    AgeSource source = Records.clock(records.get(0));
    long now = System.currentTimeMillis();
    boolean anyRenewed = !renewed.isEmpty();
    for (int i = 0; i < records.size(); i++) {
      Object record = records.get(i);
      if (!anyRenewed || renewed.remove(record) == null) {
        long sent = Records.TIMESTAMP.readLong(record);
        mailbox.recordDelivered(1, Records.deliveryCount(record), sent, now, source);
      }
    }
  }

  /** The application acknowledges one record, not yet for good: it may do so again. */
  void acknowledged(Object record, Object type) {
    if (record != null && type instanceof Enum<?> named && named.name().equals("RENEW")) {
      renewed.put(record, Boolean.TRUE);
    }
  }

  /** The client takes acknowledgements to send them: a map by partition. */
  void taken(Object byPartition) {
    if (byPartition instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String topic = Records.TOPIC.readString(entry.getKey());
        Object acknowledgements = ACKNOWLEDGEMENTS.read(entry.getValue());
        if (topic != null && acknowledgements != null) {
          taken.put(acknowledgements, mailboxes.of(topic, ConsumerState.SYSTEM));
        }
      }
    }
  }

  /** The broker has confirmed acknowledgements, or refused them. */
  void completed(Object acknowledgements, boolean confirmed) {
    MailboxMetrics mailbox = taken.remove(acknowledgements);
    if (mailbox == null || !confirmed || !(TYPES.read(acknowledgements) instanceof Map<?, ?> map)) {
      return;
    }
    long accepted = 0;
    long released = 0;
    long rejected = 0;
    for (Object type : map.values()) {
      if (type instanceof Enum<?> named) { // null for an offset without a record
        switch (named.name()) {
          case "ACCEPT" -> accepted++;
          case "RELEASE" -> released++;
          case "REJECT" -> rejected++;
          default -> {} // RENEW settles nothing
        }
      }
    }
    Outcome.ACKED.record(mailbox, accepted);
    Outcome.NACKED.record(mailbox, released);
    Outcome.DEAD_LETTERED.record(mailbox, rejected);
  }
}
