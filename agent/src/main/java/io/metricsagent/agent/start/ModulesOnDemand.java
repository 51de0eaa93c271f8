package io.metricsagent.agent.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.targets.TargetNames;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import io.metricsagent.instrumentations.rules.InstrumentationModule;
import io.metricsagent.instrumentations.rules.SiteTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Loads a module when the first class is loaded for which it has rules, so that an application does
 * not wait for the rules of libraries that it does not use. Thread-safe.
 */
final class ModulesOnDemand implements TargetWeaver {
  private final TargetNames targets;
  private final SiteTable sites;
  private final TargetWeaver weaver;
  private final Set<String> waiting;

  /** Makes a weaver for the modules named {@code enabled}, and loads none of them yet. */
  ModulesOnDemand(
      TargetNames targets, Collection<String> enabled, SiteTable sites, TargetWeaver weaver) {
    this.targets = targets;
    waiting = new HashSet<>(enabled);
    this.sites = sites;
    this.weaver = weaver;
  }

  @Override
  public byte[] weave(
      Module module,
      ClassLoader loader,
      String className,
      byte[] classFile,
      List<String> supertypes) {
    load(className);
    for (String supertype : supertypes) {
      load(supertype);
    }
    return weaver.weave(module, loader, className, classFile, supertypes);
  }

  private synchronized void load(String target) {
    for (String name : targets.modulesOf(target)) {
      if (waiting.remove(name)) {
        load(name, targets.modules().get(name));
      }
    }
  }

  private void load(String name, String className) {
    try {
      sites.add((InstrumentationModule) Class.forName(className).getConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError e) {
      AgentLog.log(
          AgentLog.Level.ERROR,
          "instrumentation ".concat(name).concat(" is off, as its rules cannot be loaded: ") + e,
          e);
    }
  }
}
