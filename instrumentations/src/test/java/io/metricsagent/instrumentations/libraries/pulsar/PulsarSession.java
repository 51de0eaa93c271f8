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

  final Recorded recorded;
  final PulsarTracker tracker;
  final SiteHandler acknowledge;
  final SiteHandler later;
  final SiteHandler redeliver;
  private final SiteHandler made;
  private final SiteHandler handOver;
  private final SiteHandler redeliverAll;
  private final SiteHandler close;
  private final SiteHandler inner;
  private final SiteHandler listener;
  private final SiteHandler taken;
  private final SiteHandler completed;
  private final SiteHandler expired;
  private final SiteHandler setListener;

  PulsarSession() {
    this(new Recorded());
  }

  PulsarSession(Recorded recorded) {
    this.recorded = recorded;
    tracker = new PulsarTracker(recorded.registry());
    acknowledge = new AcknowledgeHandler(tracker);
    later = new LaterHandler(tracker);
    redeliver = new RedeliverHandler(tracker);
    made = new MadeHandler(tracker);
    handOver = new HandOverHandler(tracker);
    redeliverAll = new RedeliverAllHandler(tracker);
    close = new CloseHandler(tracker);
    inner = new InnerHandler(tracker);
    listener = new ListenerHandler(tracker);
    taken = new TakenHandler(tracker, TakenHandler.Way.QUEUE);
    completed = new TakenHandler(tracker, TakenHandler.Way.FUTURE);
    expired = new ExpiredHandler(tracker);
    setListener = new SetListenerHandler(tracker);
  }

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

  void handOver(Consumer consumer, Object message) {
    handOver.enter(consumer, message, null, null);
  }

  /** A message leaves the queue of a consumer. */
  void taken(Consumer consumer, Message message) {
    taken.enter(consumer, message, null, null);
  }

  /** A future that waits for a message completes with one. */
  void completes(Consumer consumer, Message message) {
    completed.enter(consumer, new CompletableFuture<>(), message, null);
  }

  /** The client removes messages that go back from the queue of a consumer. */
  void expires(Consumer consumer, Runnable work) {
    Object token = expired.enter(consumer, null, null, null);
    work.run();
    if (token != null) {
      expired.exit(token, null, null);
    }
  }

  /** The application sets a listener; returns what the client gets. */
  Object setListener(Object messageListener) {
    Object token = setListener.enter(new Object(), messageListener, null, null);
    return token == null ? messageListener : setListener.replaceArgument(token, messageListener);
  }

  /** The client calls the listener. */
  void listen(Consumer consumer, Message message, boolean saysSo) {
    listen(consumer, message, saysSo, () -> {});
  }

  void listen(Consumer consumer, Message message, boolean saysSo, Runnable work) {
    Object token = listener.enter(consumer, message, null, null);
    if (saysSo) {
      handOver(consumer, message);
    }
    work.run();
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
