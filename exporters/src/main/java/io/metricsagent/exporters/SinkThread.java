package io.metricsagent.exporters;

import io.metricsagent.bootstrap.AgentThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The daemon thread of one sink, so that what waits there holds up no other: made for an export,
 * gone when it has been idle for {@value #IDLE_SECONDS} seconds. Thread-safe.
 *
 * <p>An export always has an outcome, also where the heap is exhausted at its end: a sink whose
 * export never ends would not be asked again.
 */
public final class SinkThread {
  private static final int IDLE_SECONDS = 5;
  private static final long NO_MEMORY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ThreadPoolExecutor thread;
  private volatile boolean ended;

  /** Starts nothing yet. */
  public SinkThread(String name) {
    this(new AgentThreads(name, SinkThread.class.getClassLoader()));
  }

  SinkThread(ThreadFactory threads) {
    // One export is under way and, at the JVM's end, one more waits.
    thread =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), threads);
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs an export; what it returns or throws is the outcome of the result.
   *
   * @throws OutOfMemoryError if there is no thread to be had; the next call tries again
   */
  public <T> CompletableFuture<T> run(Callable<T> export) {
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            settle(done, export.call(), null);
          } catch (Throwable e) {
            settle(done, null, e);
          }
        });
    return done;
  }

  /**
   * Runs an export whose outcome is that of the stage that it returns. Where somebody else has
   * interrupted the thread meanwhile and the export failed, it is run once more: an interrupt
   * closes the file that it finds open, and whoever sent it did not mean us.
   */
  CompletableFuture<Object> runStage(Callable<? extends CompletionStage<?>> export) {
    CompletableFuture<Object> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            CompletionStage<?> stage = export.call();
            if (failed(stage) && Thread.interrupted() && !ended) {
              stage = export.call();
            }
            stage.whenComplete((value, failure) -> settle(done, value, failure));
          } catch (Throwable e) {
            settle(done, null, e);
          }
        });
    return done;
  }

  private static boolean failed(CompletionStage<?> stage) {
    return stage instanceof CompletableFuture<?> future && future.isCompletedExceptionally();
  }

  /** Completing takes a little memory, which is there at the latest when the export's is free. */
  private static <T> void settle(CompletableFuture<T> done, T value, Throwable failure) {
    while (!done.isDone()) {
      try {
        if (failure == null) {
          done.complete(value);
        } else {
          done.completeExceptionally(failure);
        }
      } catch (Throwable noMemory) {
        LockSupport.parkNanos(NO_MEMORY_PAUSE_NANOS);
      }
    }
  }

  // Goes once through what is for an exhausted heap: the first time the JVM links what is called
  // and caught there, which takes memory.
  static {
    settle(new Reluctant(), null, new IllegalStateException());
  }

  /** Does not complete at the first attempt. */
  private static final class Reluctant extends CompletableFuture<Object> {
    private boolean asked;

    @Override
    public boolean completeExceptionally(Throwable failure) {
      if (!asked) {
        asked = true;
        throw new IllegalStateException();
      }
      return super.completeExceptionally(failure);
    }
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
    ended = true;
    thread.shutdownNow();
  }
}
