package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.Sampling;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of one consumer, to which this is a weak reference. Thread-safe.
 *
 * <p>A consumer of several topics or partitions has inner consumers, and records nothing itself:
 * what it hands over, it received from one of them.
 */
final class ConsumerState extends WeakReference<Object> implements LevelSource {
  private static final Accessor TOPIC = Accessor.path("getTopicName()");
  private static final Accessor INNER_TOPIC = Accessor.path("getTopicPartitionName()");
  private static final Accessor ID = Accessor.path("getMessageId()");
  private static final Accessor REDELIVERIES = Accessor.path("getRedeliveryCount()");

  private final Mailboxes mailboxes;
  private final ConsumerFacts facts;

  /** The inner consumers by their topics; {@code null} if there are none. */
  private volatile Map<String, ConsumerState> inner;

  private volatile ConsumerState outer;
  private volatile boolean early;
  private volatile boolean closed;

  /** {@code null} before the first message: a consumer that gets none has no series. */
  private volatile MailboxMetrics mailbox;

  /** {@code null} before the first message, and where nothing is acknowledged. */
  private volatile UnsettledTable unsettled;

  /** {@code null} while {@link #unsettled} is; guarded by this. */
  private Sampling sampling;

  ConsumerState(Object consumer, ConsumerFacts facts, Mailboxes mailboxes) {
    super(consumer);
    this.facts = facts;
    this.mailboxes = mailboxes;
  }

  /** Returns whether a listener gets the messages from the client's queue. */
  boolean hasListener() {
    return facts.hasListener();
  }

  /** Returns whether the consumer does not say what it hands over ({@link SilentConsumers}). */
  boolean isSilent() {
    return facts.isSilent();
  }

  /**
   * Returns whether the consumer works for one of several topics, which hands its messages over.
   */
  boolean isInner() {
    return outer != null;
  }

  /** Returns whether the consumer hands over what inner consumers receive. */
  boolean isOuter() {
    return inner != null;
  }

  /**
   * Notes that the client says that a message is consumed before the listener gets it: releases
   * before 3.3.5 say so when they give the message to the listener's thread.
   */
  void isEarly() {
    if (!early) {
      early = true;
    }
  }

  /** Returns whether the client calls the listener without saying that a message is consumed. */
  boolean wasEarly() {
    return early || facts.isSilent();
  }

  /** Notes that a consumer receives messages of one topic for this one. */
  void receivesFrom(String topic, ConsumerState consumer) {
    if (consumer.outer == this || topic == null) {
      return;
    }
    synchronized (this) {
      if (inner == null) {
        inner = new ConcurrentHashMap<>();
      }
      inner.put(topic, consumer);
    }
    consumer.outer = this;
  }

  /**
   * A message is handed to the application. Returns the series of its queue; {@code null} if it is
   * not known from whom the message came, and so nothing was recorded.
   */
  MailboxMetrics handOver(Object message) {
    Map<String, ConsumerState> all = inner;
    if (all == null) {
      return delivered(message);
    }
    Object topic = INNER_TOPIC.read(message);
    ConsumerState receiver = topic == null ? null : all.get(topic);
    return receiver == null ? null : receiver.delivered(message);
  }

  private MailboxMetrics delivered(Object message) {
    MailboxMetrics queue = mailbox;
    if (queue == null) {
      queue = begin(TOPIC.readString(message));
    }
    boolean shared = facts.countsDeliveries();
    long now = System.currentTimeMillis();
    long sent = MessageTimes.sentMillis(message);
    if (shared) {
      sent = MessageTimes.deliverableMillis(message, sent, now);
    }
    queue.recordDelivered(
        1,
        shared ? Math.max(0, REDELIVERIES.readLong(message)) + 1 : MailboxMetrics.UNKNOWN,
        sent,
        now,
        MessageTimes.isByBroker(message) ? AgeSource.BROKER_CLOCK : AgeSource.PRODUCER_CLOCK);
    UnsettledTable table = unsettled;
    if (table != null) {
      Object id = ID.read(message);
      table.delivered(MessageIds.ledger(id), MessageIds.entry(id), MessageIds.index(id), sent);
    } else if (!closed) {
      queue.recordAcked(1);
    }
    return queue;
  }

  private synchronized MailboxMetrics begin(String topic) {
    if (mailbox == null) {
      if (!closed && !Topics.isDeliveredOnce(topic)) {
        unsettled = new UnsettledTable();
        sampling = mailboxes.sample(this);
      }
      mailbox = mailboxes.of(Topics.withoutPartition(topic), PulsarTracker.SYSTEM);
    }
    return mailbox;
  }

  /** Settles one message, or all messages of an entry if the index is negative. */
  void settle(long ledger, long entry, int index, Outcome outcome) {
    UnsettledTable table = unsettled;
    if (table != null) {
      outcome.record(mailbox, table.settle(ledger, entry, index));
    }
  }

  /** Settles all messages up to and including one. */
  void settleUpTo(long ledger, long entry, int index, Outcome outcome) {
    UnsettledTable table = unsettled;
    if (table != null) {
      outcome.record(mailbox, table.settleUpTo(ledger, entry, index));
    }
  }

  /** Settles all messages. */
  void settleAll(Outcome outcome) {
    UnsettledTable table = unsettled;
    if (table != null) {
      outcome.record(mailbox, table.settleAll());
    }
  }

  /** Takes all messages of an entry, whose outcome is not known yet; returns how many there are. */
  int take(long ledger, long entry) {
    UnsettledTable table = unsettled;
    return table == null ? 0 : table.settleEntry(ledger, entry);
  }

  /** Records the outcome of messages that were taken, or that the application never got. */
  void record(int messages, Outcome outcome, String topic) {
    if (messages > 0) {
      MailboxMetrics queue = mailbox;
      outcome.record(queue == null ? begin(topic) : queue, messages);
    }
  }

  /** The consumer is closed: the broker gives its unsettled messages to others. */
  void close() {
    letGo();
    clear();
    ConsumerState around = outer;
    if (around != null) {
      around.forget(this);
    }
  }

  private synchronized void letGo() {
    closed = true;
    unsettled = null;
    if (sampling != null) {
      sampling.end();
      sampling = null;
    }
  }

  private void forget(ConsumerState consumer) {
    Map<String, ConsumerState> all = inner;
    if (all != null) {
      all.values().remove(consumer);
    }
  }

  /** Returns the series of the queue; {@code null} before the first message. */
  MailboxMetrics queue() {
    return mailbox;
  }

  /** Returns how many messages are not settled. */
  int unsettled() {
    UnsettledTable table = unsettled;
    return table == null ? 0 : table.size();
  }

  /** Returns how many inner consumers there are. */
  int inner() {
    Map<String, ConsumerState> all = inner;
    return all == null ? 0 : all.size();
  }

  @Override
  public void sample(LevelSample into) {
    UnsettledTable table = unsettled;
    if (refersTo(null)) {
      letGo(); // the consumer was dropped, and not closed
    } else if (table != null) {
      table.sample(into, mailbox);
    }
  }
}
