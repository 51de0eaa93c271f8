package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.bootstrap.measures.AgeSource;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.instrumentations.mailboxes.LevelSample;
import io.metricsagent.instrumentations.mailboxes.LevelSource;
import io.metricsagent.instrumentations.mailboxes.Outcome;
import io.metricsagent.instrumentations.mailboxes.QuickSize;
import java.lang.ref.WeakReference;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What is known of one pool, to which this is a weak reference. Thread-safe and lock-free.
 *
 * <p>The time that tasks wait is sampled: one task at a time is followed, from {@code execute}
 * until a thread of the pool takes it out of the queue, and a task is chosen {@value #PAUSE_MILLIS}
 * ms after the one before at the earliest. So other tasks cost a read of a field, and are neither
 * wrapped nor asked for a hash code. An object that waits in the queue more than once may show too
 * short a time. A scheduled task waits because it is meant to, so scheduled pools have no such
 * time.
 */
final class PoolState extends WeakReference<ThreadPoolExecutor> implements LevelSource {
  private static final long PAUSE_MILLIS = 10;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);

  /** Then the followed task has left the queue in a way that nobody saw, such as by a removal. */
  private static final long GIVE_UP = TimeUnit.MINUTES.toNanos(10);

  /** The task that is followed; it may be removed and collected. */
  private static final class Followed extends WeakReference<Runnable> {
    private final long sinceNanos;

    Followed(Runnable task, long sinceNanos) {
      super(task);
      this.sinceNanos = sinceNanos;
    }
  }

  private final MailboxMetrics mailbox;
  private final LongSupplier nanoClock;
  private final boolean timed;
  private final AtomicReference<Followed> followed = new AtomicReference<>();
  private volatile long chosenNanos;

  PoolState(ThreadPoolExecutor pool, MailboxMetrics mailbox, LongSupplier nanoClock) {
    super(pool);
    this.mailbox = mailbox;
    this.nanoClock = nanoClock;
    timed = !(pool instanceof ScheduledThreadPoolExecutor);
    chosenNanos = nanoClock.getAsLong() - PAUSE;
  }

  /** A task is handed to the pool, which may put it into its queue. */
  void executing(Runnable task) {
    if (timed && followed.get() == null) {
      long now = nanoClock.getAsLong();
      if (now - chosenNanos >= PAUSE) {
        chosenNanos = now;
        followed.compareAndSet(null, new Followed(task, now));
      }
    }
  }

  /** A task is given to a new thread or refused, so it does not wait. */
  void notQueued(Object task) {
    Followed one = followed.get();
    if (one != null && one.refersTo((Runnable) task)) {
      followed.compareAndSet(one, null);
    }
  }

  /** A task is taken out of the queue, and run next. */
  void taken(Object task) {
    Followed one = followed.get();
    if (one != null && one.refersTo((Runnable) task) && followed.compareAndSet(one, null)) {
      long waited = Math.max(0, nanoClock.getAsLong() - one.sinceNanos);
      mailbox.recordReceived(MailboxMetrics.UNKNOWN, waited, AgeSource.LOCAL);
    } else {
      mailbox.recordReceived(MailboxMetrics.UNKNOWN, MailboxMetrics.UNKNOWN);
    }
    Outcome.ACKED.record(mailbox, 1);
  }

  /** The pool refused a task. */
  void rejected(Object task) {
    notQueued(task);
    mailbox.recordRejected(1);
  }

  @Override
  public void sample(LevelSample into) {
    ThreadPoolExecutor pool = get();
    if (pool == null) {
      return;
    }
    long depth = QuickSize.of(pool.getQueue());
    into.depth(mailbox, depth);
    Followed one = followed.get();
    if (one != null && (one.refersTo(null) || nanoClock.getAsLong() - one.sinceNanos > GIVE_UP)) {
      followed.compareAndSet(one, null);
    }
  }
}
