package io.metricsagent.instrumentations.libraries.kafka;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;

/**
 * The listener containers of Spring, by the object that polls for them and by their threads.
 * Thread-safe; keeps no object of the application alive.
 */
final class ListenerContainers {
  private static final String BACKING_OFF =
      "org.springframework.kafka.listener.adapter.KafkaBackoffAwareMessageListenerAdapter";

  private static final Accessor DELEGATE = Accessor.path("getDelegate()");
  private static final int MAX_WRAPPERS = 20;
  private static final int MAX = 10_000;

  /** By Spring's {@code ListenerConsumer}. */
  private final WeakMap<Object, ListenerContainer> containers = new WeakMap<>(MAX);

  private final WeakMap<Thread, ListenerContainer> threads = new WeakMap<>(MAX);

  private final Mailboxes mailboxes;

  ListenerContainers(Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  /** Returns the time at which a call of a listener begins; 0 if such calls are not timed. */
  long begin() {
    return mailboxes.begin();
  }

  /** A container starts to call a listener. */
  void made(Object container, Object listener) {
    containers.put(container, new ListenerContainer(mayBackOff(listener)));
  }

  private static boolean mayBackOff(Object listener) {
    Object inner = listener;
    for (int i = 0; inner != null && i < MAX_WRAPPERS; i++) {
      for (Class<?> c = inner.getClass(); c != null; c = c.getSuperclass()) {
        if (c.getName().equals(BACKING_OFF)) {
          return true;
        }
      }
      inner = DELEGATE.read(inner);
    }
    return false;
  }

  /** Returns a container, or {@code null} if the object is none, or an unknown one. */
  ListenerContainer of(Object container) {
    return container == null ? null : containers.get(container);
  }

  /** A container polls on this thread. */
  void onThisThread(ListenerContainer container) {
    if (threads.get(Thread.currentThread()) != container) {
      threads.put(Thread.currentThread(), container);
    }
  }

  /** Returns the container whose thread this is, or {@code null}. */
  ListenerContainer ofThisThread() {
    return threads.get(Thread.currentThread());
  }

  /** Returns whether no container is followed; containers are forgotten when they are gone. */
  boolean isEmpty() {
    WeakMap.forgetCollected();
    return containers.isEmpty();
  }
}
