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
 * The daemon thread of one sink, on which the sink can wait without delaying other sinks. It is
 * made for an export and ends when it has been idle for {@value #IDLE_SECONDS} seconds.
 * Thread-safe.
 *
 * <p>Every export completes, even if the heap is full when it ends, because a sink whose export
 * never completes gets no further one.
 */
public final class SinkThread {
  private static final int IDLE_SECONDS = 5;
  private static final long NO_MEMORY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ThreadPoolExecutor thread;
  private volatile boolean ended;

  /** Makes the object; the first export starts the thread. */
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
   * Runs an export, and returns a future that completes with what the export returns or throws.
   *
   * @throws OutOfMemoryError if the process can have no more threads; the next call tries again
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
   * Runs an export that returns a stage, and returns a future that completes like the stage. An
   * export that failed while other code interrupted this thread is run once more: an interrupt
   * closes files that the thread has open, and was not meant for the agent.
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

  /**
   * Completes a future. That takes a little memory, so it is repeated until some is free, at the
   * latest when the export's own memory is.
   */
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

  // Runs the code for a full heap once, because the JVM links code when it first runs, and that
  // takes memory.
  static {
    settle(new Reluctant(), null, new IllegalStateException());
  }

  /** A future that fails at the first attempt to complete it. */
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

  /** Runs one more task after the exports so far, then ends the thread. */
  public void end(Runnable last) {
    try {
      thread.execute(last);
    } finally {
      thread.shutdown();
    }
  }

  /** Interrupts the export under way. */
  public void interrupt() {
    ended = true;
    thread.shutdownNow();
  }
}
