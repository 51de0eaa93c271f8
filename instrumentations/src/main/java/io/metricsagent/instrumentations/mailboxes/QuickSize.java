package io.metricsagent.instrumentations.mailboxes;

import io.metricsagent.bootstrap.registry.MailboxMetrics;
import java.util.Queue;
import java.util.Set;

/**
 * Reads the size of queues of the JDK that know their size at once. Stateless.
 *
 * <p>Others are left alone: some count all their elements, some are in another process, and a class
 * of the application's own may do anything.
 */
public final class QuickSize {
  private static final String CONCURRENT = "java.util.concurrent.";

  /** Queues that have a counter, some of them behind a lock that each operation takes briefly. */
  private static final Set<String> QUICK =
      Set.of(
          CONCURRENT + "ArrayBlockingQueue",
          CONCURRENT + "LinkedBlockingQueue",
          CONCURRENT + "LinkedBlockingDeque",
          CONCURRENT + "PriorityBlockingQueue",
          CONCURRENT + "SynchronousQueue",
          CONCURRENT + "ScheduledThreadPoolExecutor$DelayedWorkQueue");

  private QuickSize() {}

  /** Returns whether a queue knows its size at once; not if {@code queue} is {@code null}. */
  public static boolean isKnown(Object queue) {
    return queue != null && QUICK.contains(queue.getClass().getName());
  }

  /** Returns the size of a queue, or {@link MailboxMetrics#UNKNOWN} if it must be left alone. */
  public static long of(Queue<?> queue) {
    return isKnown(queue) ? queue.size() : MailboxMetrics.UNKNOWN;
  }
}
