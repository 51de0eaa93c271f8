package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of messages, by queue, that one session has delivered to the application and not yet
 * settled, for libraries where one call settles everything that a session has delivered.
 * Thread-safe and lock-free: one thread settles while another delivers. A message allocates
 * nothing; the first one of a queue adds an entry.
 */
public final class UnsettledCounts implements LevelSource {
  static final int MAX_QUEUES = 1_000;
  private static final Entry[] NONE = {};

  private static final class Entry {
    private final MailboxMetrics mailbox;
    private final AtomicLong messages = new AtomicLong();

    /** When the first of the messages was sent; 0 if it is unknown. */
    private volatile long sentMillis;

    Entry(MailboxMetrics mailbox) {
      this.mailbox = mailbox;
    }
  }

  /** Replaced as a whole when a queue is added; never longer than a session has queues. */
  private volatile Entry[] entries = NONE;

  /**
   * Adds a message that was handed to the application.
   *
   * @param sentMillis when the message was sent, in milliseconds of the epoch; 0 or less if it is
   *     unknown
   */
  public void delivered(MailboxMetrics mailbox, long sentMillis) {
    Entry entry = entry(mailbox);
    if (entry == null) {
      entry = add(mailbox);
    }
    if (entry != null && entry.messages.getAndIncrement() == 0) {
      entry.sentMillis = sentMillis;
    }
  }

  private Entry entry(MailboxMetrics mailbox) {
    for (Entry entry : entries) {
      if (entry.mailbox == mailbox) {
        return entry;
      }
    }
    return null;
  }

  /** Returns the entry of a queue, or {@code null} if there are too many queues. */
  private synchronized Entry add(MailboxMetrics mailbox) {
    Entry known = entry(mailbox);
    Entry[] current = entries;
    if (known != null || current.length >= MAX_QUEUES) {
      return known;
    }
    Entry added = new Entry(mailbox);
    Entry[] more = Arrays.copyOf(current, current.length + 1);
    more[current.length] = added;
    entries = more;
    return added;
  }

  /** Settles all messages, and records the outcome. */
  public void settleAll(Outcome outcome) {
    for (Entry entry : entries) {
      outcome.record(entry.mailbox, entry.messages.getAndSet(0));
    }
  }

  /** Removes messages of a queue that were settled in another way, without recording anything. */
  public void remove(MailboxMetrics mailbox, long messages) {
    Entry entry = entry(mailbox);
    if (entry == null) {
      return;
    }
    long there = entry.messages.get();
    while (!entry.messages.compareAndSet(there, Math.max(0, there - messages))) {
      there = entry.messages.get();
    }
  }

  /** Forgets all messages, without recording anything. */
  public void forgetAll() {
    for (Entry entry : entries) {
      entry.messages.set(0);
    }
  }

  /** Returns how many messages are not settled. */
  public long size() {
    long size = 0;
    for (Entry entry : entries) {
      size += entry.messages.get();
    }
    return size;
  }

  @Override
  public void sample(LevelSample into) {
    for (Entry entry : entries) {
      if (entry.messages.get() > 0) {
        into.unsettled(entry.mailbox, entry.sentMillis);
      }
    }
  }
}
