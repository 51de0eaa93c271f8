package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * How many messages waited in each queue when a broker last told the application, in an answer to
 * something that the application asked for. What is older than {@value #MINUTES} minutes is
 * unknown. Thread-safe; has an entry for each series at most, and the registry limits their number.
 */
public final class QueueDepths implements LevelSource {
  private static final int MINUTES = 5;

  private record Depth(long messages, long nanoTime) {}

  private final Map<MailboxMetrics, Depth> depths = new ConcurrentHashMap<>();
  private final AtomicBoolean sampled = new AtomicBoolean();
  private final Mailboxes mailboxes;
  private final LongSupplier nanoClock;

  /** Makes the depths of queues of a library; they are sampled from the first one on. */
  public QueueDepths(Mailboxes mailboxes) {
    this(mailboxes, System::nanoTime);
  }

  QueueDepths(Mailboxes mailboxes, LongSupplier nanoClock) {
    this.mailboxes = mailboxes;
    this.nanoClock = nanoClock;
  }

  /** The broker told how many messages are left in a queue; a negative number tells nothing. */
  public void left(MailboxMetrics mailbox, long messages) {
    if (messages < 0) {
      return;
    }
    depths.put(mailbox, new Depth(messages, nanoClock.getAsLong()));
    if (!sampled.get() && sampled.compareAndSet(false, true)) {
      mailboxes.sample(this);
    }
  }

  @Override
  public void sample(LevelSample into) {
    long oldest = nanoClock.getAsLong() - TimeUnit.MINUTES.toNanos(MINUTES);
    for (Map.Entry<MailboxMetrics, Depth> entry : depths.entrySet()) {
      if (entry.getValue().nanoTime - oldest < 0) {
        depths.remove(entry.getKey(), entry.getValue());
      } else {
        into.depth(entry.getKey(), entry.getValue().messages);
      }
    }
  }
}
