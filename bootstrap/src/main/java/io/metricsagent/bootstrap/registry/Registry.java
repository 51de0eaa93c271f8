package io.metricsagent.bootstrap.registry;

import io.metricsagent.bootstrap.snapshot.AgentSnapshot;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.bootstrap.snapshot.McpSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.bootstrap.snapshot.SeriesSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All series of the JVM, and the metrics specification's calls over them, with times in
 * milliseconds. All methods are thread-safe.
 *
 * <p>Recording is lock-free. Snapshots and resets are serialised among themselves by one lock that
 * no recording takes. Live cells only grow: a reset remembers what it has handed out, and later
 * snapshots subtract that. So a call recorded while a reset runs is either in what the reset
 * returns or in a later snapshot, and never lost. Only minimum, maximum and gauges are really
 * cleared.
 *
 * <p>The class is long because each call of the specification is a method.
 */
public final class Registry {
  private final RegistrySettings settings;
  private final Clock clock;
  private final DroppedSeries dropped;
  private final SeriesTable<AdapterMetrics> adapters;
  private final SeriesTable<ToolMetrics> tools;
  private final SeriesTable<MailboxMetrics> mailboxes;
  private final AtomicReference<McpTables> mcp = new AtomicReference<>();
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Supplier<List<InstrumentationSnapshot>> instrumentations;
  private volatile Runnable beforeSnapshots;
  private volatile Supplier<List<GaugePoint>> points;

  /** The sum of what all resets have handed out; {@code null} before the first reset. */
  private MetricsSnapshot cleared;

  /**
   * Makes an empty registry.
   *
   * @param onLimit runs once, on the recording thread, when the cardinality limit folds the first
   *     series; it must not throw
   */
  public Registry(RegistrySettings settings, Clock clock, Runnable onLimit) {
    this.settings = settings;
    this.clock = clock;
    dropped = new DroppedSeries(onLimit);
    int limit = settings.cardinalityLimit();
    ReentrantLock adding = new ReentrantLock();
    adapters = new SeriesTable<>(0, limit, dropped, adding, new SeriesFactories.Adapters());
    tools = new SeriesTable<>(1, limit, dropped, adding, new SeriesFactories.Tools());
    mailboxes = new SeriesTable<>(2, limit, dropped, adding, new SeriesFactories.Mailboxes());
  }

  /**
   * Returns the series of a key. The first use of a key makes its series; later ones allocate
   * nothing.
   */
  public AdapterMetrics adapter(String adapter, String model, String operation, String experiment) {
    return adapters.get(adapter, model, operation, experiment);
  }

  /**
   * Returns the experiment of a call.
   *
   * @param said what was said for the call; {@code null} for the default experiment
   */
  public String experiment(String said) {
    return said == null ? settings.experiment() : said;
  }

  /** Returns the series of a key under the default experiment. */
  public AdapterMetrics adapter(String adapter, String model, String operation) {
    return adapters.get(adapter, model, operation, settings.experiment());
  }

  /**
   * Returns an existing series with this model, operation and experiment, whatever its adapter, or
   * {@code null}. Looks at all series.
   */
  public AdapterMetrics adapterOfModel(String model, String operation, String experiment) {
    for (AdapterMetrics series : adapters.all()) {
      if (SeriesNames.matches(series.second(), model)
          && operation.equals(series.third())
          && SeriesNames.matches(series.fourth(), experiment)) {
        return series;
      }
    }
    return null;
  }

  /** Returns the series of a tool under an experiment. Allocates nothing after the first use. */
  public ToolMetrics tool(String tool, String experiment) {
    return tools.get(tool, experiment, null, null);
  }

  /** Returns the series of a tool under the default experiment. */
  public ToolMetrics tool(String tool) {
    return tools.get(tool, settings.experiment(), null, null);
  }

  /**
   * Returns the series of a queue.
   *
   * @param system {@code messaging.system}, or {@code null}
   */
  public MailboxMetrics mailbox(String queue, String system) {
    return mailboxes.get(queue, system, null, null);
  }

  /** Returns whether receiving, settling and processing messages is timed. */
  public boolean timesMailboxes() {
    return settings.timesMailboxes();
  }

  /**
   * Returns the series of requests of the Model Context Protocol that this process sends, under the
   * default experiment. Allocates nothing after the first use.
   *
   * @param method as the protocol defines it, or {@link McpSnapshot#OTHER_METHOD}; {@code null} for
   *     sessions
   * @param tool the tool to call, or {@code null}
   */
  public McpMetrics mcpClient(String method, String tool) {
    return mcp().client(method, tool, settings.experiment());
  }

  /**
   * Returns the series of requests that this process receives; as {@link #mcpClient} for the rest.
   */
  public McpMetrics mcpServer(String method, String tool) {
    return mcp().server(method, tool, settings.experiment());
  }

  /** Returns the series of requests that this process sends, under an experiment. */
  public McpMetrics mcpClient(String method, String tool, String experiment) {
    return mcp().client(method, tool, experiment);
  }

  /** Returns the series of requests that this process receives, under an experiment. */
  public McpMetrics mcpServer(String method, String tool, String experiment) {
    return mcp().server(method, tool, experiment);
  }

  private McpTables mcp() {
    McpTables tables = mcp.get();
    if (tables == null) {
      mcp.compareAndSet(null, new McpTables(3, settings.cardinalityLimit(), dropped));
      tables = mcp.get();
    }
    return tables;
  }

  /** Converts to nanoseconds, at most {@link Long#MAX_VALUE}; a negative time is 0. */
  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
  }

  /** Records one tool call under the default experiment. */
  public void recordToolCall(String tool, long latencyMillis, boolean success, String errorCode) {
    recordToolCall(tool, latencyMillis, success, errorCode, null);
  }

  /**
   * Records one tool call.
   *
   * @param errorCode counted only for failures; {@code null} when there is none
   * @param experiment {@code null} for the default experiment
   */
  public void recordToolCall(
      String tool, long latencyMillis, boolean success, String errorCode, String experiment) {
    ToolMetrics series = experiment == null ? tool(tool) : tool(tool, experiment);
    if (success) {
      series.recordSuccess(nanos(latencyMillis));
    } else {
      series.recordFailure(nanos(latencyMillis), errorCode);
    }
  }

  /**
   * Records one message handed to the application.
   *
   * @param deliveryCount 1 for the first delivery; not known if it is less
   * @param ageMillis time since the message was put into the queue
   */
  public void recordMessageReceived(String queue, int deliveryCount, long ageMillis) {
    queue(queue).recordReceived(deliveryCount, nanos(ageMillis));
  }

  /** Records a message settled as processed. */
  public void recordMessageAck(String queue) {
    queue(queue).recordAcked(1);
  }

  /** Records a message given back to the queue. */
  public void recordMessageNack(String queue) {
    queue(queue).recordNacked(1);
  }

  /** Records a message whose time to live ran out. */
  public void recordMessageExpired(String queue) {
    queue(queue).recordExpired(1);
  }

  /** Records a message moved to a dead-letter queue. */
  public void recordMessageDeadLettered(String queue) {
    queue(queue).recordDeadLettered(1);
  }

  /** Records the number of messages that wait. */
  public void recordQueueDepth(String queue, long depth) {
    queue(queue).recordDepth(depth);
  }

  private MailboxMetrics queue(String queue) {
    return mailbox(queue, null);
  }

  /** Sets the source of the figures about instrumented libraries. */
  public void instrumentations(Supplier<List<InstrumentationSnapshot>> source) {
    instrumentations = source;
  }

  /** Sets the source of the points of each snapshot; a reset does not clear them. */
  public void points(Supplier<List<GaugePoint>> source) {
    points = source;
  }

  /** Runs {@code task} before each snapshot, which includes what the task records. */
  public void beforeSnapshots(Runnable task) {
    beforeSnapshots = task;
  }

  /** Runs {@code task} before each snapshot too, after those that were set before. */
  public synchronized void alsoBeforeSnapshots(Runnable task) {
    Runnable first = beforeSnapshots;
    beforeSnapshots = first == null ? task : new InTurn(first, task);
  }

  /** Runs two tasks, one after the other. */
  private record InTurn(Runnable first, Runnable second) implements Runnable {
    @Override
    public void run() {
      first.run();
      second.run();
    }
  }

  /** Returns everything recorded since the start or the last reset. */
  public MetricsSnapshot snapshot() {
    reading.lock();
    try {
      return readUncleared(false);
    } finally {
      reading.unlock();
    }
  }

  /** Has all figures begin again. */
  public void reset() {
    snapshotAndReset();
  }

  /**
   * Resets, and returns what was recorded since the last reset: each recording is in exactly one
   * such snapshot.
   */
  public MetricsSnapshot snapshotAndReset() {
    reading.lock();
    try {
      MetricsSnapshot now = readUncleared(true);
      // Only what "now" has: half a recording may have been read that is too little to be in "now".
      MetricsSnapshot handedOut = now.with(List.of());
      cleared = cleared == null ? handedOut : cleared.plus(handedOut);
      return now;
    } finally {
      reading.unlock();
    }
  }

  private MetricsSnapshot readUncleared(boolean clear) {
    MetricsSnapshot all = readAll(clear);
    if (cleared == null) {
      return all;
    }
    MetricsSnapshot since = all.minus(cleared);
    // "cleared" is a sum, not an earlier state, so a level of 0 is no change from it.
    return with(
        since.startedAt(),
        since.capturedAt(),
        SeriesReading.withoutIdle(since.series()),
        all.points(),
        all.agent());
  }

  private MetricsSnapshot readAll(boolean clear) {
    Runnable first = beforeSnapshots;
    if (first != null) {
      first.run();
    }
    List<SeriesSnapshot> all = SeriesReading.all(adapters, tools, mailboxes, mcp.get(), clear);
    Supplier<List<InstrumentationSnapshot>> woven = instrumentations;
    AgentSnapshot agent =
        new AgentSnapshot(
            settings.version(), woven == null ? List.of() : woven.get(), dropped.count());
    Supplier<List<GaugePoint>> source = points;
    List<GaugePoint> raw = source == null ? List.of() : source.get();
    return with(settings.startedAt(), clock.instant(), all, raw, agent);
  }

  private MetricsSnapshot with(
      Instant startedAt,
      Instant capturedAt,
      List<SeriesSnapshot> series,
      List<GaugePoint> raw,
      AgentSnapshot agent) {
    return new MetricsSnapshot(
        startedAt, capturedAt, settings.workerId(), settings.serviceName(), series, raw, agent);
  }
}
