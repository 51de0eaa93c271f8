package io.metricsagent.exporters;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon thread of one sink, so that what waits there holds up no other: made for an export,
 * gone when it has been idle for {@value #IDLE_SECONDS} seconds. Thread-safe.
 */
public final class SinkThread {
  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor thread;

  /** Starts nothing yet. */
  public SinkThread(String name) {
    // One export is under way and, at the JVM's end, one more waits.
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /** Runs an export; what it returns or throws is the outcome of the result. */
  public <T> CompletableFuture<T> run(Callable<T> export) {
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            done.complete(export.call());
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /** Lets what is under way end, and then one more task. */
  public void end(Runnable last) {
    try {
      thread.execute(last);
    } finally {
      thread.shutdown();
    }
  }

  /** Interrupts what is under way. */
  public void interrupt() {
    thread.shutdownNow();
  }
}
