package io.metricsagent.instrumentations.libraries.nats;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.TagTable;

/**
 * The messages that the application works on, for the age of the oldest. A message that is not
 * acknowledged in time belongs to the broker again and may go to another process, so it is dropped
 * here after one to two times that time. Thread-safe; a message takes no lock and no memory, as in
 * {@link TagTable}.
 */
final class HeldMessages {
  private volatile TagTable current = new TagTable();
  private volatile TagTable earlier = new TagTable();
  private long turnedNanos;

  HeldMessages(long nowNanos) {
    turnedNanos = nowNanos;
  }

  /** Adds a message that is not held. */
  void hold(long sequence, MailboxMetrics mailbox, long sentMillis) {
    current.delivered(sequence, mailbox, sentMillis);
  }

  /** Adds a message, or begins its time anew. */
  void holdAgain(long sequence, MailboxMetrics mailbox, long sentMillis) {
    release(sequence);
    hold(sequence, mailbox, sentMillis);
  }

  void release(long sequence) {
    if (!current.forget(sequence)) {
      earlier.forget(sequence);
    }
  }

  /**
   * Tells the messages that are held, on the thread that takes a snapshot.
   *
   * @param waitNanos how long the broker waits for an acknowledgement
   */
  synchronized void sample(LevelSample into, long nowNanos, long waitNanos) {
    if (nowNanos - turnedNanos >= waitNanos) {
      earlier = nowNanos - turnedNanos >= 2 * waitNanos ? new TagTable() : current;
      current = new TagTable();
      turnedNanos = nowNanos;
    }
    earlier.sample(into);
    current.sample(into);
  }
}
