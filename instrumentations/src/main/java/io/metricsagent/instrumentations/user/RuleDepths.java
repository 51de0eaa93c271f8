package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.user.model.MailboxRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The depths of the mailboxes of all rules. A depth is read by a method of the application, which
 * may block, so a thread of its own reads it, and the snapshot waits {@value #LIMIT_MILLIS} ms at
 * most for all of them. What is not known by then is absent from the snapshot.
 *
 * <p>The thread ends as soon as there is nothing to read, so there is none between snapshots, and
 * no class loader or thread local of the application is kept. While it does not get to the end,
 * another one goes on with the next mailboxes after each quarter of the time, up to {@value
 * #MAX_THREADS} threads in the JVM. While a method has not returned, its mailbox is not asked
 * again, and its thread counts; if that many methods block, no depth is known until one returns.
 *
 * <p>Thread-safe; {@link #sample} is called by one thread at a time.
 */
class RuleDepths implements LevelSource {
  private static final long LIMIT_MILLIS = 250;
  private static final int STEPS = 4;
  private static final int MAX_THREADS = 4;

  private final ThreadFactory factory = new AgentThreads("metrics-agent-depth", null);
  private final Semaphore threads = new Semaphore(MAX_THREADS);

  /** The rules whose depths are read; a rule that was told of has no warning any more. */
  private final Map<RuleMailbox, String> warnings = new LinkedHashMap<>();

  private final long limitMillis;

  RuleDepths() {
    this(LIMIT_MILLIS);
  }

  RuleDepths(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  /** Reads the depths of a rule's mailboxes from now on. */
  void add(MailboxRule rule, RuleMailbox ofRule, Mailboxes mailboxes) {
    boolean first;
    synchronized (warnings) {
      first = warnings.isEmpty();
      warnings.put(
          ofRule,
          rule.type().origin() + ": the depth of " + rule.type().name() + " is not known: ");
    }
    if (first) {
      mailboxes.sample(this);
    }
  }

  @Override
  public void sample(LevelSample into) {
    List<DepthReading> readings = new ArrayList<>();
    for (RuleMailbox rule : rules()) {
      rule.addReadings(readings);
    }
    if (readings.isEmpty()) {
      return;
    }
    DepthRound round = new DepthRound(readings, threads);
    read(round);
    tell(round.end(), into);
  }

  private List<RuleMailbox> rules() {
    synchronized (warnings) {
      return new ArrayList<>(warnings.keySet());
    }
  }

  private void read(DepthRound round) {
    boolean isRead = false;
    for (int step = 0; step < STEPS && !isRead; step++) {
      if (!start(round) && step == 0) {
        return;
      }
      isRead = await(round.unread(), TimeUnit.MILLISECONDS.toNanos(limitMillis) / STEPS);
      round.isLate();
    }
  }

  /** Has one more thread read; returns whether there could be one. */
  private boolean start(DepthRound round) {
    if (!threads.tryAcquire()) {
      return false;
    }
    boolean started = false;
    try {
      factory.newThread(round).start();
      started = true;
    } finally {
      if (!started) {
        threads.release();
      }
    }
    return true;
  }

  /** Waits until all is read, or for some nanoseconds; returns whether all is read. */
  boolean await(CountDownLatch unread, long nanos) {
    long until = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return unread.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Of several objects of a queue, each tells the depth of the whole queue. */
  private void tell(List<DepthReading> readings, LevelSample into) {
    Map<RuleMailbox, Map<MailboxMetrics, Long>> depths = new HashMap<>();
    for (DepthReading reading : readings) {
      if (reading.hasEnded()) {
        depths
            .computeIfAbsent(reading.mailboxes(), rule -> new HashMap<>())
            .merge(reading.series(), reading.depth(), Math::max);
      } else {
        warn(reading);
      }
    }
    for (Map<MailboxMetrics, Long> ofRule : depths.values()) {
      ofRule.forEach(into::depth);
    }
  }

  private void warn(DepthReading reading) {
    String warning;
    synchronized (warnings) {
      warning = warnings.replace(reading.mailboxes(), "");
    }
    if (warning != null && !warning.isEmpty()) {
      String why =
          reading.hasBegunAtOnce()
              ? "its method takes longer than " + limitMillis + " ms"
              : "it was not read within "
                  + limitMillis
                  + " ms, because the methods of other mailboxes take long";
      AgentLog.warn(warning + why);
    }
  }
}
