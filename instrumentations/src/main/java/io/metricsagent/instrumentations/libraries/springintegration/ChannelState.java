package io.metricsagent.instrumentations.libraries.springintegration;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.StampTable;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * What is known of one channel, to which this is a weak reference. Thread-safe.
 *
 * <p>A channel whose queue is in memory hands each message over once: the message is acknowledged
 * by being delivered. A message store may be in a database, where a transaction that is rolled back
 * keeps the message, and where asking for the size is a query: such a channel has neither depth nor
 * age, and its messages have no outcome.
 */
final class ChannelState extends WeakReference<Object> implements LevelSource {
  private static final Accessor SIZE = Accessor.path("getQueueSize()");

  private final MailboxMetrics mailbox;

  /** When the messages came that wait; {@code null} if the queue is not known to be in memory. */
  private final StampTable stamps;

  /**
   * Makes the state of a channel.
   *
   * @param inMemory whether the queue is known to be in memory
   */
  ChannelState(Object channel, MailboxMetrics mailbox, boolean inMemory) {
    super(channel);
    this.mailbox = mailbox;
    stamps = inMemory ? new StampTable(System::nanoTime) : null;
  }

  /** A message is about to be put into the queue. */
  void sending(Object message) {
    if (stamps != null) {
      stamps.put(message);
    }
  }

  /** A message was not put into the queue, or was removed from it and handed to nobody. */
  void removed(Object message) {
    if (stamps != null) {
      stamps.take(message);
    }
  }

  /** A message is handed to the application. */
  void received(Object message) {
    if (stamps == null) {
      mailbox.recordReceived(MailboxMetrics.UNKNOWN, MailboxMetrics.UNKNOWN);
    } else {
      mailbox.recordReceived(MailboxMetrics.UNKNOWN, stamps.take(message), AgeSource.LOCAL);
      Outcome.ACKED.record(mailbox, 1);
    }
  }

  @Override
  public void sample(LevelSample into) {
    Object channel = get();
    if (channel == null || stamps == null) {
      return;
    }
    long depth = SIZE.readLong(channel);
    into.depth(mailbox, depth);
    long oldest = depth > 0 ? stamps.oldestNanos() : MailboxMetrics.UNKNOWN;
    if (oldest >= 0) {
      into.unsettled(mailbox, System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(oldest));
    }
  }
}
