package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.WeakTable;

/**
 * Finds the state of a consumer. Thread-safe; keeps no object of the application alive. {@value
 * #MAX_CONSUMERS} consumers are followed at most, inner ones included; messages of others are not
 * counted.
 */
final class PulsarTracker {
  static final String SYSTEM = "pulsar";

  private static final int MAX_CONSUMERS = 1 << 14;
  private static final Accessor SETTINGS = Accessor.path("getConf()");
  private static final Accessor CONNECTED = Accessor.path("isConnected()");
  private static final Accessor TOPIC = Accessor.path("getTopic()");

  private final Mailboxes mailboxes;
  private final WeakTable<Object, ConsumerState> consumers = new WeakTable<>(MAX_CONSUMERS);
  private final Transactions transactions = new Transactions();
  private volatile boolean silentConsumers;

  PulsarTracker(Registry registry) {
    mailboxes = new Mailboxes(registry);
  }

  Mailboxes mailboxes() {
    return mailboxes;
  }

  Transactions transactions() {
    return transactions;
  }

  /** A consumer was made, with settings. */
  void made(Object consumer, Object settings) {
    if (consumers.hasPlace(consumer)) {
      ConsumerFacts facts = ConsumerFacts.of(consumer, settings);
      if (facts.isSilent()) {
        silentConsumers = true;
      }
      consumers.putIfAbsent(consumer, new ConsumerState(consumer, facts, mailboxes));
    }
  }

  /** Returns whether there ever was one of the {@link SilentConsumers}. */
  boolean hasSilentConsumers() {
    return silentConsumers;
  }

  /** Returns the state of a consumer; {@code null} if it is closed or not followed. */
  ConsumerState consumer(Object consumer) {
    return consumers.get(consumer);
  }

  /** Returns the state of a consumer that may be older than the agent, or {@code null}. */
  ConsumerState open(Object consumer) {
    ConsumerState known = consumers.get(consumer);
    if (known == null && Boolean.TRUE.equals(CONNECTED.read(consumer))) {
      made(consumer, SETTINGS.read(consumer));
      known = consumers.get(consumer);
    }
    return known;
  }

  /** A consumer of several topics or partitions asks an inner one for messages. */
  void receives(Object outer, Object inner) {
    ConsumerState asking = open(outer);
    ConsumerState asked = open(inner);
    if (asking != null && asked != null && !asked.isInner()) {
      asking.receivesFrom(TOPIC.readString(inner), asked);
    }
  }

  void closed(Object consumer) {
    ConsumerState known = consumers.get(consumer);
    if (known != null) {
      known.close();
      consumers.remove(consumer, known);
    }
  }

  /** Returns how many consumers are followed. */
  int size() {
    return consumers.size();
  }

  /** Returns how many states of consumers are held, also of those that were collected. */
  int held() {
    return consumers.held();
  }
}
