package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.calls.FrameStack;
import io.metricsagent.instrumentations.calls.MailboxFrame;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds the state of a consumer, and of the client's parts that report its commits. Thread-safe;
 * keeps no object of the application alive.
 */
final class KafkaTracker {
  private static final Accessor OFFSET = Accessor.path("offset()");
  private static final int MAX_CONSUMERS = 10_000;

  private final Mailboxes mailboxes;
  private final WeakMap<Object, ConsumerState> consumers = new WeakMap<>(MAX_CONSUMERS);

  /** By {@code ConsumerInterceptors} and {@code OffsetCommitCallbackInvoker}. */
  private final WeakMap<Object, ConsumerState> parts = new WeakMap<>(2 * MAX_CONSUMERS);

  private final ListenerContainers containers;
  private final Queue<WeakReference<ConsumerState>> all = new ConcurrentLinkedQueue<>();
  private final AtomicInteger assignments = new AtomicInteger();

  KafkaTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
    containers = new ListenerContainers(mailboxes);
  }

  Mailboxes mailboxes() {
    return mailboxes;
  }

  /** Returns the listener containers of Spring. */
  ListenerContainers containers() {
    return containers;
  }

  /** Returns the state of a consumer that has been polled, or {@code null}. */
  ConsumerState consumer(Object consumer) {
    return consumers.get(consumer);
  }

  /** Returns the state of a consumer that is polled. */
  ConsumerState polled(Object consumer) {
    ConsumerState known = consumers.get(consumer);
    if (known != null) {
      return known;
    }
    ConsumerState added = new ConsumerState(mailboxes, consumer);
    known = consumers.putIfAbsent(consumer, added);
    if (known == added && consumers.get(consumer) == added) { // not if the map is full
      forget(null);
      all.add(new WeakReference<>(added));
      mailboxes.sample(added);
    }
    return known;
  }

  void closed(Object consumer) {
    ConsumerState known = consumers.remove(consumer);
    if (known != null) {
      forget(known);
      known.close();
    }
  }

  /** Removes a consumer, and all that are gone, from those that transactions may commit for. */
  private void forget(ConsumerState closed) {
    for (Iterator<WeakReference<ConsumerState>> i = all.iterator(); i.hasNext(); ) {
      ConsumerState state = i.next().get();
      if (state == null || state == closed) {
        i.remove();
      }
    }
  }

  /** Returns whether no consumer is followed. */
  boolean isEmpty() {
    return consumers.isEmpty() && all.isEmpty();
  }

  /** Returns whether no part of a client is followed; parts are forgotten when they are gone. */
  boolean hasNoParts() {
    WeakMap.forgetCollected();
    return parts.isEmpty();
  }

  /**
   * Notes that a part of the client works for the consumer that this thread is polling. A part that
   * works for an open consumer stays with it: a listener may commit with it within another's poll.
   */
  void partOfPolled(Object part) {
    if (FrameStack.current().top() instanceof MailboxFrame frame && frame.self() != null) {
      ConsumerState known = parts.get(part);
      ConsumerState state = known == null || known.isClosed() ? consumers.get(frame.self()) : null;
      if (state != null) {
        parts.put(part, state);
      }
    }
  }

  /** Settles what a part of the client says was committed. */
  void committed(Object part, Object offsets) {
    ConsumerState state = parts.get(part);
    if (state != null && offsets instanceof Map<?, ?> map) {
      tellCall(state, map);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        state.committed(
            Records.TOPIC.readString(entry.getKey()),
            Records.PARTITION.readLong(entry.getKey()),
            OFFSET.readLong(entry.getValue()));
      }
    }
  }

  /** Tells the call of the application, if it waits for this commit, which queue it is for. */
  private void tellCall(ConsumerState state, Map<?, ?> offsets) {
    if (mailboxes.timesOperations()
        && FrameStack.current().top() instanceof MailboxFrame frame
        && frame.begun() != 0
        && frame.self() != null
        && consumers.get(frame.self()) == state) {
      frame.of(queueOf(state, offsets));
    }
  }

  /**
   * Returns the queue of a commit: that of its first topic, or {@code null} if it has none.
   *
   * @param offsets the offsets by partition, if they are known
   */
  static MailboxMetrics queueOf(ConsumerState state, Object offsets) {
    if (state != null && offsets instanceof Map<?, ?> map) {
      for (Object partition : map.keySet()) {
        MailboxMetrics known = state.mailbox(Records.TOPIC.readString(partition));
        if (known != null) {
          return known;
        }
      }
    }
    return null;
  }

  /**
   * Returns the queue of a commit that has failed or that nobody waited for: that of its first
   * topic, or that of the last messages if it names none that had any.
   */
  static MailboxMetrics queueOfCommit(ConsumerState state, Object offsets) {
    MailboxMetrics named = queueOf(state, offsets);
    return named == null ? state.last() : named;
  }

  /** Settles what was committed for a group, by whichever of its consumers in this process. */
  void committedFor(String group, Map<Transactions.Partition, Long> offsets) {
    for (Iterator<WeakReference<ConsumerState>> i = all.iterator(); i.hasNext(); ) {
      ConsumerState state = i.next().get();
      if (state == null) {
        i.remove();
      } else if (group.equals(state.group())) {
        offsets.forEach(
            (partition, offset) ->
                state.committed(partition.topic(), partition.partition(), offset));
      }
    }
  }

  /** Some consumer has got other partitions. */
  void assigned() {
    assignments.incrementAndGet();
  }

  int assignments() {
    return assignments.get();
  }
}
