package io.metricsagent.instrumentations.libraries.pulsar;

import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.AckType;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Consumer;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Id;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Message;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.Settings;
import io.metricsagent.instrumentations.libraries.pulsar.FakePulsar.SubscriptionType;
import io.metricsagent.instrumentations.rules.SiteHandler;
import io.metricsagent.instrumentations.testing.Recorded;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls the handlers as the woven client does. */
final class PulsarSession {
  static final String TOPIC = "persistent://public/default/orders";
  private static final long NOW = System.currentTimeMillis();

  final Recorded recorded = new Recorded();
  final PulsarTracker tracker = new PulsarTracker(recorded.registry());
  final SiteHandler acknowledge = new AcknowledgeHandler(tracker);
  final SiteHandler later = new LaterHandler(tracker);
  final SiteHandler redeliver = new RedeliverHandler(tracker);
  private final SiteHandler made = new MadeHandler(tracker);
  private final SiteHandler handOver = new HandOverHandler(tracker);
  private final SiteHandler redeliverAll = new RedeliverAllHandler(tracker);
  private final SiteHandler close = new CloseHandler(tracker);
  private final SiteHandler inner = new InnerHandler(tracker);
  private final SiteHandler listener = new ListenerHandler(tracker);

  Consumer consumer(SubscriptionType type, Object messageListener) {
    return make(new Consumer(TOPIC), type, messageListener);
  }

  Consumer make(Consumer consumer, SubscriptionType type, Object messageListener) {
    made.enter(consumer, null, consumer.getTopic(), new Settings(type, messageListener));
    return consumer;
  }

  static Message message(int entry) {
    return message(TOPIC, entry, -1, 0);
  }

  static Message message(String topic, int entry, int index, int redeliveries) {
    return new Message(
        topic, topic, new Id(7, entry, index), redeliveries, NOW - 1_000, Optional.empty());
  }

  void handOver(Consumer consumer, Message message) {
    handOver.enter(consumer, message, null, null);
  }

  /** The client calls the listener. */
  void listen(Consumer consumer, Message message, boolean saysSo) {
    Object token = listener.enter(consumer, message, null, null);
    if (saysSo) {
      handOver(consumer, message);
    }
    if (token != null) {
      listener.exit(token, null, null);
    }
  }

  void acknowledge(Consumer consumer, Object ids) {
    acknowledge(consumer, ids, AckType.Individual, CompletableFuture.completedFuture(null));
  }

  void acknowledge(Consumer consumer, Object ids, AckType type, CompletableFuture<?> future) {
    Object token = acknowledge.enter(consumer, ids, type, null);
    if (token != null) {
      acknowledge.exit(token, future, null);
    }
  }

  /** The client gives an entry back; the future says whether it becomes dead letters. */
  void redeliver(Consumer consumer, Id id, CompletableFuture<Boolean> dead) {
    Object token = redeliver.enter(consumer, id, null, null);
    if (token != null) {
      redeliver.exit(token, dead, null);
    }
  }

  void redeliverAll(Consumer consumer) {
    redeliverAll.enter(consumer, null, null, null);
  }

  void close(Consumer consumer) {
    close.enter(null, consumer, null, null);
  }

  void receives(Consumer outer, Consumer inside) {
    inner.enter(outer, inside, null, null);
  }
}
