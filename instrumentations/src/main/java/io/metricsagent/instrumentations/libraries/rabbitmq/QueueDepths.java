package io.metricsagent.instrumentations.libraries.rabbitmq;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many messages were left in each queue when the application last got one by {@code basicGet}.
 * What is older than {@value #MINUTES} minutes is unknown. Thread-safe; has an entry for each
 * series at most, and the registry limits their number.
 */
final class QueueDepths implements LevelSource {
  private static final int MINUTES = 5;

  private record Depth(long messages, long nanoTime) {}

  private final Map<MailboxMetrics, Depth> depths = new ConcurrentHashMap<>();
  private final LongSupplier nanoClock;

  QueueDepths(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  void left(MailboxMetrics mailbox, long messages) {
    depths.put(mailbox, new Depth(messages, nanoClock.getAsLong()));
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
