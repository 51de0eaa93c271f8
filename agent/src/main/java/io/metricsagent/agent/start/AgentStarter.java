package io.metricsagent.agent.start;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.agent.flush.FlushLoop;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.bootstrap.registry.Registry;
import io.metricsagent.bootstrap.registry.RegistrySettings;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.weaving.TargetTransformer;
import io.metricsagent.instrumentations.user.UserModule;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Last step of the start, on the agent's side: settings, registry, rules, transformer, flush
 * thread, in this order.
 *
 * <p>Runs on the application's main thread before {@code main}, so what is not needed for weaving
 * the first class waits: Byte Buddy for the first target, exporters for the first flush, which has
 * a thread of its own. No {@code java.util.logging}, NIO file systems or JMX.
 */
public final class AgentStarter {
  private AgentStarter() {}

  /**
   * Starts the agent. Called by reflection.
   *
   * @param arguments what follows the jar in {@code -javaagent}, or {@code null}
   * @param attached whether the application runs already
   */
  public static void start(String arguments, Instrumentation jvm, boolean attached) {
    AgentConfig config = AgentConfig.load(arguments, System.getProperties(), System.getenv());
    AgentLog.level(config.logLevel());
    for (String problem : config.problems()) {
      AgentLog.warn(problem);
    }
    if (!config.enabled()) {
      AgentLog.info("switched off by metrics.agent.enabled=false");
      return;
    }
    Registry registry = registry(config);
    SiteTable sites = new SiteTable(modules(config));
    registry.instrumentations(sites::snapshot);
    Probe.install(sites);
    TargetTransformer transformer = new TargetTransformer(jvm, sites, new Recording(registry));
    jvm.addTransformer(transformer, true);
    if (attached) {
      retransform(jvm, transformer);
    }
    new FlushLoop(registry, config.intervalNanos(), new Sinks(config)).start();
    AgentLog.info(
        "version "
            + AgentVersion.get()
            + " measures "
            + config.serviceName()
            + ", exporting to "
            + exporters(config));
  }

  private static Registry registry(AgentConfig config) {
    Clock clock = Clock.systemUTC();
    return new Registry(
        new RegistrySettings(
            clock.instant(),
            config.workerId(),
            config.serviceName(),
            config.experiment(),
            config.cardinalityLimit(),
            AgentVersion.get()),
        clock,
        () ->
            AgentLog.warn(
                "more than "
                    + config.cardinalityLimit()
                    + " series of a kind; further ones share _other. If they are wanted, raise"
                    + " metrics.agent.cardinality.limit"));
  }

  private static List<InstrumentationModule> modules(AgentConfig config) {
    List<InstrumentationModule> modules = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (InstrumentationModule module :
        ServiceLoader.load(InstrumentationModule.class, AgentStarter.class.getClassLoader())) {
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
  private static void retransform(Instrumentation jvm, TargetTransformer transformer) {
    for (Class<?> type : jvm.getAllLoadedClasses()) {
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
