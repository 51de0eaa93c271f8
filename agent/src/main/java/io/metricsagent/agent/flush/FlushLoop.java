package io.metricsagent.agent.flush;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.start.AgentLauncher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Exports a snapshot to all sinks, every interval and once more when the JVM ends.
 *
 * <p>The agent's one thread does it all, and sinks are made on it, at the first flush; only those
 * that wait to be asked, such as a scrape endpoint, are there from its start. Intervals are
 * measured on the monotonic clock from start to start, so neither a slow sink nor a wall clock that
 * is set shifts them. A sink that has not finished its last export is left out of a round: what it
 * gets next includes what it missed.
 */
public final class FlushLoop {
  /** How long the end of the JVM is held up for the last export. */
  private static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Supplier<Registry> lazyRegistry;
  private final long intervalNanos;
  private final SinkSource sinks;
  private final Current current;
  private final OnRequest request;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<SinkRunner> runners = new ArrayList<>();
  private Registry registry;
  private boolean complete;

  /** The current snapshot, for whoever asks between flushes; the registry is made by the first. */
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

  /**
   * Prepares the loop.
   *
   * @param registry asked when it is needed first, not on the application's threads
   * @param sinks makes the sinks, on the flush thread
   */
  public FlushLoop(Supplier<Registry> registry, long intervalNanos, SinkSource sinks) {
    this.lazyRegistry = registry;
    this.intervalNanos = intervalNanos;
    this.sinks = sinks;
    current = new Current(registry);
    request = new OnRequest(current, sinks);
    AgentLauncher.onDump(request);
  }

  /** Exports until {@link #stop}; called once, on the agent's thread. */
  public void run() {
    Thread.currentThread().setContextClassLoader(FlushLoop.class.getClassLoader());
    try {
      add(sinks.early(current));
      long next = System.nanoTime() + intervalNanos;
      while (!stopping.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        flush();
        request.register();
        next = Math.max(next + intervalNanos, System.nanoTime());
      }
      finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      AgentLog.log(AgentLog.Level.ERROR, "exporting stopped: " + t, t);
    } finally {
      stopped.countDown();
    }
  }

  private List<SinkRunner> runners() {
    if (!complete) {
      complete = true;
      registry = lazyRegistry.get();
      add(sinks.lazy());
    }
    return runners;
  }

  private void add(List<MetricsSink> made) {
    for (MetricsSink sink : made) {
      runners.add(new SinkRunner(sink, System::nanoTime));
    }
  }

  private void flush() {
    List<SinkRunner> all = runners();
    MetricsSnapshot snapshot = registry.snapshot();
    for (SinkRunner runner : all) {
      runner.export(snapshot);
    }
  }

  /**
   * The last export: waits for what is under way, exports what is new, and waits for that, all
   * within the time that the JVM's end may be held up.
   */
  private void finish() throws InterruptedException {
    long deadline = System.nanoTime() + SHUTDOWN_NANOS;
    List<SinkRunner> all = runners();
    for (SinkRunner runner : all) {
      runner.await(deadline);
    }
    MetricsSnapshot last = registry.snapshot();
    for (SinkRunner runner : all) {
      runner.export(last);
    }
    for (SinkRunner runner : all) {
      runner.await(deadline);
      runner.close();
    }
  }

  /**
   * Has {@link #run} export for the last time and waits for it, at most four seconds. Called when
   * the JVM ends, which a normal end, {@code System.exit} and {@code SIGTERM} all reach.
   */
  public void stop() {
    stopping.countDown();
    try {
      if (!stopped.await(SHUTDOWN_NANOS + SHUTDOWN_NANOS / 3, TimeUnit.NANOSECONDS)) {
        AgentLog.warn("the last export did not finish in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
