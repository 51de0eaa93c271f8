package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.config.AgentSettings;
import io.metricsagent.agent.config.UnknownInstrumentation;
import io.metricsagent.agent.flush.FlushLoop;
import io.metricsagent.agent.live.LiveRules;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.bootstrap.start.AgentSide;
import io.metricsagent.bootstrap.start.Launcher;
import io.metricsagent.bootstrap.start.StartFacts;
import io.metricsagent.bootstrap.targets.Privileges;
import io.metricsagent.bootstrap.targets.TargetTransformer;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import io.metricsagent.instrumentations.calls.UntimedWeaver;
import io.metricsagent.instrumentations.context.CallContexts;
import io.metricsagent.instrumentations.rules.PrivilegedSink;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.weaving.SiteWeaver;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.tracing.ExemplarFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts the agent's own side together: settings, rules, weaver, and later the flush loop.
 *
 * <p>The thread that needs this side first opens it. That may be a thread of the application, with
 * its first target, so everything else is made later: the registry for the first woven class or the
 * first flush, the flush loop for the agent's thread, exporters for the first flush. Before the
 * first flush, no code may use {@code java.util.logging}, NIO file systems or JMX, or lambdas or
 * {@code ServiceLoader}, whose first use is slow.
 */
public final class MeasuringSide implements AgentSide {
  static {
    Launcher.register(new MeasuringSide());
  }

  /** How long the end of the JVM waits for receivers of sessions, as for those of metrics. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private AgentConfig config;
  private LazyRegistry registry;

  /** {@code null} before {@link #loop}. */
  private FlushLoop loop;

  /** {@code null} if the user has written no rules. */
  private LiveRules live;

  private MeasuringSide() {}

  @Override
  public TargetWeaver start(StartFacts facts, TargetTransformer door) {
    config = AgentConfig.load(facts.arguments(), facts.properties(), System.getenv());
    AgentLog.level(config.logLevel());
    for (String problem : config.problems()) {
      AgentLog.warn(problem);
    }
    if (!config.enabled()) {
      AgentLog.info("nothing is measured, because " + AgentSettings.ENABLED.key() + "=false");
      return null;
    }
    List<String> modules = enabled(config, facts.targets().modules().keySet());
    SiteTable sites = new SiteTable(modules);
    if (config.measuresActors()) {
      ActorTargets.add(facts.targets(), sites);
    }
    live = UserTargets.add(config, facts, door, sites);
    Probe.install(Privileges.areAsked() ? new PrivilegedSink(sites) : sites);
    ActiveSpans spans = new ActiveSpans(ExemplarFilter.valueOf(config.exemplarFilter()));
    facts.tracers().listener(spans);
    registry =
        new LazyRegistry(
            config,
            sites,
            spans,
            contexts(config, facts),
            Instant.ofEpochMilli(facts.startedMillis()));
    SiteWeaver weaver = new SiteWeaver(sites, registry);
    if (config.measuresExecutors()) {
      ThreadPools.weave(facts.jvm(), sites, weaver);
    }
    return new UntimedWeaver(new ModulesOnDemand(facts.targets(), modules, sites, weaver));
  }

  /** Makes the loop on the agent's thread in nearly every case, so that no application waits. */
  private synchronized FlushLoop loop() {
    if (loop == null) {
      AgentLog.info(
          "version "
              + AgentVersion.get()
              + " measures "
              + config.serviceName()
              + ", exporting to "
              + exporters(config));
      loop =
          new FlushLoop(registry.forFlush(), config.intervalNanos(), new LazySinks(config), live);
    }
    return loop;
  }

  @Override
  public void run() {
    loop().run();
  }

  @Override
  public String dump() {
    return loop().dump();
  }

  @Override
  public void flushSoon() {
    loop().flushSoon();
  }

  @Override
  public void stop() {
    try {
      if (live != null) {
        live.reportUnwoven();
      }
      registry.closeEvents(); // before the last export, which then has what the consumers count
    } finally {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      loop().stop();
      registry.awaitEvents(deadline);
    }
  }

  private static CallContexts contexts(AgentConfig config, StartFacts facts) {
    if (config.contextKeys() == null) {
      return CallContexts.OFF;
    }
    CallContexts contexts = new CallContexts(config.contextKeys(), facts.initialisedClasses());
    facts.tracers().listener(contexts);
    return contexts;
  }

  private static List<String> enabled(AgentConfig config, Set<String> names) {
    List<String> enabled = new ArrayList<>();
    for (String name : names) {
      if (config.instrumentationEnabled(name)) {
        enabled.add(name);
      }
    }
    for (String name : config.instrumentations().keySet()) {
      if (!names.contains(name)) {
        AgentLog.warn(UnknownInstrumentation.describe(name, names));
      }
    }
    return enabled;
  }

  private static String exporters(AgentConfig config) {
    List<String> all = new ArrayList<>(config.exporters());
    if (config.sinksPath() != null) {
      all.add("the sinks of ".concat(config.sinksPath()));
    }
    return all.isEmpty() ? "nothing" : String.join(", ", all);
  }
}
