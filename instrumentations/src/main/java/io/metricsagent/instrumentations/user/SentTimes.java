package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.registry.MailboxMetrics;

/**
 * Stores the times at which messages were put into a queue of this JVM, by the identity of the
 * message and by weak references. Thread-safe; bounded.
 */
final class SentTimes {
  private static final int MAX_MESSAGES = 100_000;

  private final WeakMap<Object, Long> sent = new WeakMap<>(MAX_MESSAGES);

  void sent(Object message) {
    sent.put(message, System.nanoTime());
  }

  /**
   * Returns the age of a message in nanoseconds and forgets the message; a second call returns
   * {@link MailboxMetrics#UNKNOWN}.
   */
  long ageNanos(Object message) {
    Long then = sent.remove(message);
    return then == null ? MailboxMetrics.UNKNOWN : System.nanoTime() - then;
  }
}
