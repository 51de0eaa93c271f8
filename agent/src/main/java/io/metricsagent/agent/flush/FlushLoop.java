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
 * <p>One daemon thread does it all; it is the only thread that the agent adds before the first
 * flush, and sinks are made on it, at the first flush; only those that wait to be asked, such as a
 * scrape endpoint, are there from its start. Intervals are measured on the monotonic clock from
 * start to start, so neither a slow sink nor a wall clock that is set shifts them. A sink that has
 * not finished its last export is left out of a round: what it gets next includes what it missed.
 */
public final class FlushLoop {
  /** How long the end of the JVM is held up for the last export. */
  private static final long SHUTDOWN_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Supplier<Registry> lazyRegistry;
  private final long intervalNanos;
  private final SinkSource sinks;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<SinkRunner> runners = new ArrayList<>();
  private Registry registry;
  private boolean complete;

  /** A thread's task by name, in place of a lambda before the application's first one. */
  private static final class Task implements Runnable {
    private final FlushLoop loop;
    private final boolean stop;

    Task(FlushLoop loop, boolean stop) {
      this.loop = loop;
      this.stop = stop;
    }

    @Override
    public void run() {
      if (stop) {
        loop.stop();
      } else {
        loop.run();
      }
    }
  }

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
  }

  /**
   * Starts the thread and arranges for the last export, which a normal end, {@code System.exit} and
   * {@code SIGTERM} all reach.
   */
  public void start() {
    Thread thread = new Thread(null, new Task(this, false), "metrics-agent-flush", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(FlushLoop.class.getClassLoader());
    thread.start();
    Thread hook = new Thread(null, new Task(this, true), "metrics-agent-shutdown", 0, false);
    hook.setContextClassLoader(null);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void run() {
    try {
      Current current = new Current(lazyRegistry);
      add(sinks.early(current));
      OnRequest request = new OnRequest(current, sinks);
      AgentLauncher.onDump(request);
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

  private void stop() {
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
