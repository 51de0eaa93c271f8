package io.metricsagent.instrumentations.libraries.executors;

import io.metricsagent.bootstrap.AgentThreads;
import io.metricsagent.bootstrap.registry.MailboxMetrics;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.instrumentations.mailboxes.Mailboxes;
import io.metricsagent.instrumentations.mailboxes.WeakTable;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;

/**
 * Finds the state of a pool. Thread-safe; keeps no pool and no task alive.
 *
 * <p>A pool is followed from its first thread on, whose name it gets; before, its queue is empty. A
 * pool that refuses tasks without ever having had a thread has no name. {@value #MAX_POOLS} pools
 * are followed at most; of others only the refused tasks are counted, in the series of pools
 * without a name. Pools of the agent and those within the JDK, such as the one that wakes virtual
 * threads, are left alone.
 */
final class PoolTracker {
  private static final String SYSTEM = "executor";
  private static final int MAX_POOLS = 1024;
  private static final String OF_JDK = "jdk.internal.";

  private final Mailboxes mailboxes;
  private final LongSupplier nanoClock;
  private final PoolNames names = new PoolNames();
  private final WeakTable<ThreadPoolExecutor, PoolState> pools = new WeakTable<>(MAX_POOLS);

  PoolTracker(Registry registry, LongSupplier nanoClock) {
    mailboxes = new Mailboxes(registry);
    this.nanoClock = nanoClock;
  }

  /** Returns the state of a pool that is followed, or {@code null}. */
  PoolState pool(Object pool) {
    return pools.get((ThreadPoolExecutor) pool);
  }

  /** A thread begins to work for a pool. */
  void works(Object pool, Thread thread) {
    if (pool(pool) == null && !isLeftAlone(thread)) {
      follow((ThreadPoolExecutor) pool, thread);
    }
  }

  private void follow(ThreadPoolExecutor pool, Thread thread) {
    if (!pools.hasPlace(pool)) {
      return;
    }
    PoolState added = new PoolState(pool, mailbox(names.of(thread)), nanoClock);
    if (pools.putIfAbsent(pool, added) == added) {
      mailboxes.sample(added);
    }
  }

  private MailboxMetrics mailbox(String name) {
    return mailboxes.of(name, SYSTEM);
  }

  /** A pool refuses a task, on the thread that wanted to hand it over. */
  void rejected(Object pool, Object task) {
    PoolState state = pool(pool);
    if (state != null) {
      state.rejected(task);
    } else if (!isLeftAlone(Thread.currentThread())) {
      mailbox(Mailboxes.UNKNOWN_QUEUE).recordRejected(1);
    }
  }

  private static boolean isLeftAlone(Thread thread) {
    return AgentThreads.isOwn(thread) || thread.getClass().getName().startsWith(OF_JDK);
  }

  /** Returns how many pools are followed that are alive. */
  int size() {
    return pools.size();
  }
}
