package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.flush.FlushLoop;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.bootstrap.start.AgentEntry;
import io.metricsagent.bootstrap.start.AgentLauncher;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.weaving.TargetTransformer;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import io.metricsagent.instrumentations.user.UserModule;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/**
 * Last step of the start, on the agent's side: settings, rules, transformer, flush thread, in this
 * order.
 *
 * <p>Runs on the application's main thread before {@code main}, so what is not needed for weaving
 * the first class waits: ASM for the first target, the registry for the first target or the first
 * flush, whichever comes first, exporters for the first flush. No {@code java.util.logging}, NIO
 * file systems or JMX, and no lambdas or {@code ServiceLoader}, whose first use costs some 10 ms
 * each.
 */
public final class AgentStarter implements AgentEntry {
  static {
    AgentLauncher.register(new AgentStarter());
  }

  private AgentStarter() {}

  @Override
  public void start(String arguments, Instrumentation jvm, boolean attached) {
    AgentConfig config = AgentConfig.load(arguments, System.getProperties(), System.getenv());
    AgentLog.level(config.logLevel());
    for (String problem : config.problems()) {
      AgentLog.warn(problem);
    }
    if (!config.enabled()) {
      AgentLog.info("switched off by metrics.agent.enabled=false");
      return;
    }
    SiteTable sites = new SiteTable(modules(config));
    Probe.install(sites);
    ActiveSpans spans = new ActiveSpans();
    LazyRegistry registry = new LazyRegistry(config, sites, spans);
    TargetTransformer transformer = new TargetTransformer(jvm, sites, registry, spans);
    jvm.addTransformer(transformer, true);
    if (attached) {
      retransform(jvm, transformer, spans);
    }
    new FlushLoop(registry.forFlush(), config.intervalNanos(), new LazySinks(config)).start();
    AgentLog.info(
        "version "
            + AgentVersion.get()
            + " measures "
            + config.serviceName()
            + ", exporting to "
            + exporters(config));
  }

  private static List<InstrumentationModule> modules(AgentConfig config) {
    List<InstrumentationModule> modules = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (InstrumentationModule module : BuiltInModules.load()) {
      names.add(module.name());
      if (config.instrumentationEnabled(module.name())) {
        modules.add(module);
      }
    }
    for (String name : config.instrumentations().keySet()) {
      if (!names.contains(name)) {
        AgentLog.warn(
            "metrics.agent.instrumentation."
                + name
                + ".enabled: there is no such instrumentation; there are "
                + String.join(", ", names));
      }
    }
    UserModule user = UserTargets.read(config);
    if (!user.rules().isEmpty()) {
      modules.add(user);
    }
    return modules;
  }

  /**
   * Weaves the targets that were loaded before the agent, class by class, so that one that fails
   * leaves the others alone.
   */
  private static void retransform(
      Instrumentation jvm, TargetTransformer transformer, ActiveSpans spans) {
    for (Class<?> type : jvm.getAllLoadedClasses()) {
      spans.isLoaded(type);
      if (transformer.isTarget(type) && jvm.isModifiableClass(type)) {
        try {
          jvm.retransformClasses(type);
        } catch (UnmodifiableClassException | LinkageError e) {
          AgentLog.log(AgentLog.Level.WARN, type.getName() + " is not measured: " + e, e);
        }
      }
    }
  }

  private static String exporters(AgentConfig config) {
    return config.exporters().isEmpty() ? "nothing" : String.join(", ", config.exporters());
  }
}
