package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import java.util.concurrent.ThreadFactory;

/**
 * A thread that lives until its task has returned. If the thread could not be started because the
 * process had no thread left, or if the thread has died, the next call of {@link #ensure} starts it
 * again. Thread-safe.
 */
final class KeptThread implements Runnable {
  private final Runnable task;
  private final ThreadFactory threads;
  private Thread thread;
  private boolean told;
  private volatile boolean over;

  KeptThread(Runnable task, ThreadFactory threads) {
    this.task = task;
    this.threads = threads;
  }

  /**
   * Makes sure that the thread is alive, unless its task has returned; never throws.
   *
   * @return whether the task runs or has returned
   */
  synchronized boolean ensure() {
    if (over || (thread != null && thread.isAlive())) {
      return true;
    }
    try {
      thread = threads.newThread(this);
      thread.start();
      return true;
    } catch (Throwable t) {
      thread = null;
      tell(t);
      return false;
    }
  }

  private void tell(Throwable failure) {
    if (told) {
      return;
    }
    told = true;
    try {
      AgentLog.log(
          AgentLog.Level.WARN,
          "the agent's thread could not be started: "
              + failure
              + "; the agent tries again at the next target",
          failure);
    } catch (Throwable ignored) {
      // No memory is left for the message. The next call still tries again.
    }
  }

  /** Runs the task; called by the thread, or by a caller that could not get a thread. */
  @Override
  public void run() {
    task.run();
    over = true;
  }
}
