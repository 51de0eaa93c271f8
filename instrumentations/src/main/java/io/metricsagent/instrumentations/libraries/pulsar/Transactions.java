package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What was acknowledged in transactions. It counts when the transaction is committed, and not at
 * all if it is rolled back. Thread-safe; keeps no object of the application alive.
 *
 * <p><b>Bound:</b> {@value #MAX_ACKS} acknowledgements of a transaction and {@value
 * #MAX_TRANSACTIONS} transactions; those beyond count nothing.
 */
final class Transactions {
  static final int MAX_ACKS = 100_000;
  static final int MAX_TRANSACTIONS = 10_000;

  private record Ack(ConsumerState consumer, Ids ids) {}

  /** The acknowledgements of one transaction. */
  static final class Held {
    private final List<Ack> acks = new ArrayList<>();
    private boolean ended;

    /** The broker has taken an acknowledgement. */
    synchronized void add(ConsumerState consumer, Ids ids) {
      if (!ended && acks.size() < MAX_ACKS) {
        acks.add(new Ack(consumer, ids));
      }
    }

    /** Returns how many acknowledgements are held. */
    synchronized int size() {
      return acks.size();
    }

    private synchronized List<Ack> end() {
      ended = true;
      List<Ack> all = List.copyOf(acks);
      acks.clear();
      return all;
    }
  }

  private final WeakMap<Object, Held> open = new WeakMap<>(MAX_TRANSACTIONS);

  /** The transactions of acknowledgements that are just being sent, by their futures. */
  private final WeakMap<Object, Held> sending = new WeakMap<>(MAX_TRANSACTIONS);

  /** An acknowledgement is part of a transaction. */
  void registered(Object transaction, Object future) {
    sending.put(future, open.putIfAbsent(transaction, new Held()));
  }

  /** Returns the transaction of an acknowledgement, or {@code null} if it is part of none. */
  Held take(Object future) {
    return sending.isEmpty() ? null : sending.remove(future);
  }

  void committed(Object transaction) {
    Held held = open.remove(transaction);
    if (held != null) {
      for (Ack ack : held.end()) {
        ack.ids.settle(ack.consumer, Outcome.ACKED);
      }
    }
  }

  void rolledBack(Object transaction) {
    Held held = open.remove(transaction);
    if (held != null) {
      held.end();
    }
  }

  /** Returns whether nothing is held; what was collected is forgotten first. */
  boolean isEmpty() {
    WeakMap.forgetCollected();
    return open.isEmpty() && sending.isEmpty();
  }
}
