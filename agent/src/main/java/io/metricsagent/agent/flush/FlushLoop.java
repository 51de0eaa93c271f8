package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Exports a snapshot to all sinks at every interval, when the JVM begins to shut down, and once
 * more when the application's shutdown hooks have ended.
 *
 * <p>All of this happens on the agent's only thread, which opens the sinks at the first flush. Only
 * sinks that are called by others, such as a scrape endpoint, are opened when the thread starts.
 * Intervals are measured on the monotonic clock from start to start, so neither a slow sink nor a
 * change of the wall clock shifts them. A sink that has not finished its last export is left out of
 * a round; its next snapshot includes what it missed.
 *
 * <p>Only the end of the JVM ends the loop. Whatever is thrown in it, even an {@link
 * OutOfMemoryError}, is caught and logged once; the next flush tries again.
 *
 * <p>The class has many fields because each duty of the agent's one thread is an object of its own,
 * and the loop calls them in turn.
 */
public final class FlushLoop {
  /** How long the thread that ends the JVM waits: a little longer than any sink is given. */
  private static final long STOP_NANOS = SinkRunner.PATIENCE_NANOS + SinkRunner.PATIENCE_NANOS / 3;

  private final Supplier<Registry> lazyRegistry;
  private final long intervalNanos;
  private final SinkSource source;
  private final LongSupplier nanoTime;
  private final Occasions occasions;
  private final Wishes wishes;
  private final Current current;
  private final OnRequest request;
  private final FailureLog log;
  private final OpenSinks sinks;
  private final Chore chore;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean earlyPlanned;
  private boolean lazyPlanned;

  /** Whether a sink was given up at the end, which has been logged. */
  private volatile boolean gaveUp;

  /** Supplies the current snapshot between flushes; the first call makes the registry. */
  private static final class Current implements Supplier<MetricsSnapshot> {
    private final Supplier<Registry> registry;

    Current(Supplier<Registry> registry) {
      this.registry = registry;
    }

    @Override
    public MetricsSnapshot get() {
      return registry.get().snapshot();
    }
  }

  /** A named class in place of a lambda: the first lambda of a JVM is slow. */
  private static final class SystemTime implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  }

  /**
   * Prepares the loop.
   *
   * @param registry called when the registry is first needed, never on a thread of the application
   * @param source supplies the sinks
   * @param chore what else the thread does; {@code null} if nothing
   */
  public FlushLoop(
      Supplier<Registry> registry, long intervalNanos, SinkSource source, Chore chore) {
    this(registry, intervalNanos, source, chore, new SystemTime(), null);
  }

  /**
   * For tests, which choose the clock and the occasions; {@code null} stands for the occasions of a
   * running JVM.
   */
  FlushLoop(
      Supplier<Registry> registry,
      long intervalNanos,
      SinkSource source,
      Chore chore,
      LongSupplier nanoTime,
      Occasions scripted) {
    this.lazyRegistry = registry;
    this.intervalNanos = intervalNanos;
    this.source = source;
    this.chore = chore;
    this.nanoTime = nanoTime;
    wishes = new Wishes();
    occasions = scripted == null ? wishes : scripted;
    current = new Current(registry);
    request = new OnRequest(registry, source);
    log = new FailureLog("exporting", nanoTime);
    sinks = new OpenSinks(nanoTime);
  }

  /**
   * Writes a snapshot and returns the path of its file, or a line that begins with {@code error:}.
   * Called on any thread.
   */
  public String dump() {
    return request.get();
  }

  /**
   * Exports until the JVM ends. Called on the agent's thread, and again on a new thread if that one
   * died.
   */
  public void run() {
    openEarly();
    long next = nanoTime.getAsLong() + intervalNanos;
    for (Occasions.Occasion why = await(next); why != Occasions.Occasion.END; why = await(next)) {
      flush(why);
      if (why == Occasions.Occasion.INTERVAL) {
        next = Math.max(next + intervalNanos, nanoTime.getAsLong());
      }
    }
    try {
      last();
    } finally {
      stopped.countDown();
    }
  }

  private Occasions.Occasion await(long next) {
    while (true) {
      try {
        long due = chore == null ? next : chore.dueNanos();
        boolean first = due - next < 0;
        Occasions.Occasion why = occasions.next(first ? due : next);
        if (!first || why != Occasions.Occasion.INTERVAL) {
          return why;
        }
        chore.run();
      } catch (Throwable t) {
        log.failed(t);
        LockSupport.parkNanos(Math.min(intervalNanos, TimeUnit.SECONDS.toNanos(1)));
      }
    }
  }

  private void openEarly() {
    try {
      Thread.currentThread().setContextClassLoader(FlushLoop.class.getClassLoader());
      planEarly();
      sinks.open();
    } catch (Throwable t) {
      log.failed(t);
    }
  }

  private void planEarly() {
    if (!earlyPlanned) {
      sinks.plan(source.early(current));
      earlyPlanned = true;
    }
  }

  /**
   * Opens the sinks that are not open yet, and returns the failure or {@code null}. Open sinks work
   * even if this fails.
   */
  private Throwable open() {
    try {
      planEarly();
      if (!lazyPlanned) {
        sinks.plan(source.lazy());
        lazyPlanned = true;
      }
      sinks.open();
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  private void flush(Occasions.Occasion why) {
    Throwable failure = open();
    try {
      MetricsSnapshot snapshot = current.get();
      for (SinkRunner runner : sinks.all()) {
        runner.export(snapshot);
      }
      if (why == Occasions.Occasion.INTERVAL) { // at the JVM's end it is too late for JMX
        request.register();
      }
    } catch (Throwable t) {
      failure = t;
    }
    tell(failure);
  }

  private void tell(Throwable failure) {
    if (failure == null) {
      log.succeeded();
    } else {
      log.failed(failure);
    }
  }

  /**
   * Makes the last export. The snapshot is taken before waiting for anything. Each sink exports it
   * at once, or when its export under way has ended, and has a deadline of its own.
   */
  private void last() {
    Throwable failure = open();
    List<SinkRunner> all = sinks.all();
    long now = nanoTime.getAsLong();
    try {
      long[] deadlines = new long[all.size()];
      for (int i = 0; i < deadlines.length; i++) {
        deadlines[i] = now + all.get(i).patienceNanos();
      }
      for (SinkRunner runner : all) {
        runner.hurry();
      }
      MetricsSnapshot last = current.get();
      for (SinkRunner runner : all) {
        runner.exportLast(last);
      }
      for (int i = 0; i < deadlines.length; i++) {
        gaveUp |= !all.get(i).await(deadlines[i]);
      }
    } catch (Throwable t) {
      failure = t;
    }
    tell(failure);
    for (SinkRunner runner : all) {
      runner.close();
    }
  }

  /** Makes {@link #run} export soon, and returns at once. Thread-safe. */
  public void flushSoon() {
    wishes.now();
  }

  /**
   * Makes {@link #run} export for the last time and waits for that, at most four seconds. Called
   * when the JVM ends: normally, by {@code System.exit} or by {@code SIGTERM}.
   */
  public void stop() {
    wishes.end();
    try {
      if (!stopped.await(STOP_NANOS, TimeUnit.NANOSECONDS) && !gaveUp) {
        AgentLog.warn(
            "the last export did not begin within "
                + SinkRunner.seconds(STOP_NANOS)
                + "; the newest figures may be missing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
