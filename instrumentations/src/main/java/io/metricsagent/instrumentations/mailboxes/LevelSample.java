package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.HashMap;
import java.util.Map;

/**
 * The levels of all queues of a library at one moment, put together from what several sources tell:
 * depths of one queue are added, since each source has a part of it, and of the oldest messages the
 * oldest one counts. Not thread-safe.
 */
public final class LevelSample {
  private static final long UNKNOWN = -1;

  private static final class Level {
    private long depth = UNKNOWN;
    private long sentMillis = UNKNOWN;
  }

  private final Map<MailboxMetrics, Level> levels = new HashMap<>();

  /** Adds messages of a queue that wait; a negative number is unknown. */
  public void depth(MailboxMetrics mailbox, long messages) {
    if (messages >= 0) {
      Level level = level(mailbox);
      level.depth = Math.max(0, level.depth) + messages;
    }
  }

  /**
   * Tells when a message was sent that is not settled yet.
   *
   * @param sentMillis in milliseconds of the epoch; unknown if it is 0 or less
   */
  public void unsettled(MailboxMetrics mailbox, long sentMillis) {
    if (sentMillis > 0) {
      Level level = level(mailbox);
      if (level.sentMillis == UNKNOWN || sentMillis < level.sentMillis) {
        level.sentMillis = sentMillis;
      }
    }
  }

  private Level level(MailboxMetrics mailbox) {
    Level known = levels.get(mailbox);
    if (known == null) {
      known = new Level();
      levels.put(mailbox, known);
    }
    return known;
  }

  /**
   * Sets the gauges of all queues. A level that the sample before knew and this one does not know
   * becomes unknown; a gauge that no sample knew is left alone, because the application may set it.
   */
  void record(long nowMillis, LevelSample before) {
    for (Map.Entry<MailboxMetrics, Level> entry : levels.entrySet()) {
      Level level = entry.getValue();
      if (level.depth != UNKNOWN) {
        entry.getKey().recordDepth(level.depth);
      }
      if (level.sentMillis != UNKNOWN) {
        entry.getKey().recordOldestAge(Math.max(0, nowMillis - level.sentMillis));
      }
    }
    for (Map.Entry<MailboxMetrics, Level> entry : before.levels.entrySet()) {
      Level now = levels.get(entry.getKey());
      if (entry.getValue().depth != UNKNOWN && (now == null || now.depth == UNKNOWN)) {
        entry.getKey().forgetDepth();
      }
      if (entry.getValue().sentMillis != UNKNOWN && (now == null || now.sentMillis == UNKNOWN)) {
        entry.getKey().forgetOldestAge();
      }
    }
  }
}
