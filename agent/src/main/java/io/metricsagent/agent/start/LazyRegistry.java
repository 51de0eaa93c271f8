package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.archive.SnapshotJson;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.events.EventStream;
import io.metricsagent.instrumentations.llm.AbandonedRequests;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the registry on the thread that needs it first: the one that weaves the first target, or
 * the flush thread at the first flush. An application without a target does not wait for it.
 * Thread-safe.
 *
 * <p>Uses named classes in place of lambdas: the first lambda of a JVM is slow.
 */
final class LazyRegistry implements Supplier<Telemetry> {
  private final AgentConfig config;
  private final SiteTable sites;
  private final ActiveSpans spans;
  private final CallContexts contexts;
  private final Clock clock = Clock.systemUTC();
  private final Instant started;
  private Telemetry telemetry;

  LazyRegistry(
      AgentConfig config,
      SiteTable sites,
      ActiveSpans spans,
      CallContexts contexts,
      Instant started) {
    this.config = config;
    this.sites = sites;
    this.spans = spans;
    this.contexts = contexts;
    this.started = started;
  }

  @Override
  public synchronized Telemetry get() {
    if (telemetry == null) {
      RegistrySettings settings =
          new RegistrySettings(
              started,
              config.workerId(),
              config.serviceName(),
              config.experiment(),
              config.cardinalityLimit(),
              AgentVersion.get(),
              config.timesMailboxes());
      Registry registry = new Registry(settings, clock, new LimitWarning(config));
      registry.instrumentations(new Instrumentations(sites));
      registry.beforeSnapshots(new GivenUp(new EndDropped()));
      spans.findOtherAgent();
      if (contexts != CallContexts.OFF) {
        contexts.findOtherAgent();
      }
      EventStream events =
          config.keepsEvents()
              ? EventConsumers.stream(config, started.toEpochMilli(), registry, contexts)
              : EventStream.OFF;
      telemetry = new Telemetry(registry, spans, new ArchiveJson(), events, contexts);
    }
    return telemetry;
  }

  /** Ends the runs under way and closes the consumers of events, if there are any. */
  synchronized void closeEvents() {
    if (telemetry != null) {
      telemetry.events().close();
    }
  }

  /**
   * Waits for what the consumers of events send, after {@link #closeEvents}.
   *
   * @param deadlineNanos when the wait must end, by {@link System#nanoTime}
   */
  void awaitEvents(long deadlineNanos) {
    Telemetry known;
    synchronized (this) {
      known = telemetry;
    }
    if (known != null) {
      known.events().await(deadlineNanos);
    }
  }

  /** Returns the registry for the flush thread. */
  Supplier<Registry> forFlush() {
    return new ForFlush(this);
  }

  private static final class ForFlush implements Supplier<Registry> {
    private final LazyRegistry registry;

    ForFlush(LazyRegistry registry) {
      this.registry = registry;
    }

    @Override
    public Registry get() {
      return registry.get().registry();
    }
  }

  private static final class Instrumentations implements Supplier<List<InstrumentationSnapshot>> {
    private final SiteTable sites;

    Instrumentations(SiteTable sites) {
      this.sites = sites;
    }

    @Override
    public List<InstrumentationSnapshot> get() {
      return sites.snapshot();
    }
  }

  /**
   * Runs before each snapshot, and records the requests whose answers the application has dropped,
   * even if no other request follows. A fault with one of these requests, for instance in a
   * library's getter, loses that request only, neither the others nor the snapshot.
   */
  static final class GivenUp implements Runnable {
    private static final int MAX_FAULTS = 1000;
    private final Runnable endDropped;

    GivenUp(Runnable endDropped) {
      this.endDropped = endDropped;
    }

    @Override
    public void run() {
      for (int faults = 0; faults < MAX_FAULTS; faults++) {
        try {
          endDropped.run();
          return;
        } catch (RuntimeException | Error fault) {
          AgentLog.debug("a request that was given up could not be recorded: " + fault, fault);
        }
      }
    }
  }

  /**
   * A named class in place of a method reference, which would make a class while an application
   * waits.
   */
  private static final class EndDropped implements Runnable {
    @Override
    public void run() {
      AbandonedRequests.endDropped();
    }
  }

  private static final class ArchiveJson implements Function<MetricsSnapshot, String> {
    @Override
    public String apply(MetricsSnapshot snapshot) {
      return new String(SnapshotJson.toBytes(snapshot), StandardCharsets.UTF_8);
    }
  }

  private static final class LimitWarning implements Runnable {
    private final AgentConfig config;

    LimitWarning(AgentConfig config) {
      this.config = config;
    }

    @Override
    public void run() {
      AgentLog.warn(
          "there are more than "
              + config.cardinalityLimit()
              + " series of one kind; further ones share the series _other. To keep them apart,"
              + " raise "
              + AgentSettings.CARDINALITY_LIMIT.key());
    }
  }
}
