package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.instrumentations.rules.Recording;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.tracing.ActiveSpans;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The front door: decides by name and super types whether a class is a target and hands only
 * targets to the {@link Weaver}, which is where ASM is loaded first.
 *
 * <p>Everything else costs a look-up in a hash table, and, in loaders that can see a target
 * interface, a walk over the constant pool. Never throws.
 */
public final class TargetTransformer implements ClassFileTransformer {
  private final Instrumentation jvm;
  private final Supplier<Recording> recording;
  private final ActiveSpans spans;
  private final ClassLoader agentLoader = TargetTransformer.class.getClassLoader();
  private final ClassLoader platformLoader = ClassLoader.getPlatformClassLoader();
  private final Map<String, List<Site>> sitesByType = new HashMap<>();
  private final List<String> subtypeTargets = new ArrayList<>();
  private final LoaderMap<Supertypes> supertypes = new LoaderMap<>();
  private final LoaderMap<Boolean> reachesProbe = new LoaderMap<>();

  /**
   * Prepares the look-ups; loads no library and not ASM.
   *
   * @param jvm used to let named modules read the bootstrap loader's unnamed module
   * @param recording asked when the first target is woven
   * @param spans told of the classes that are loaded
   */
  public TargetTransformer(
      Instrumentation jvm, SiteTable table, Supplier<Recording> recording, ActiveSpans spans) {
    this.jvm = jvm;
    this.recording = recording;
    this.spans = spans;
    for (Site site : table.sites()) {
      String target = site.rule().type().replace('.', '/');
      List<Site> sites = sitesByType.get(target);
      if (sites == null) {
        sites = new ArrayList<>();
        sitesByType.put(target, sites);
      }
      sites.add(site);
      if (site.rule().subtypes() && !subtypeTargets.contains(target)) {
        subtypeTargets.add(target);
      }
    }
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null || loader == platformLoader || loader == agentLoader || className == null) {
      return null;
    }
    try {
      spans.loads(className, loader);
      List<Site> sites = sitesOf(className, loader, classFile);
      return sites.isEmpty() ? null : weave(module, loader, className, classFile, sites);
    } catch (Throwable t) {
      AgentLog.log(
          AgentLog.Level.WARN,
          "class " + className.replace('/', '.') + " is not measured: " + t,
          t);
      return null;
    }
  }

  /** Returns whether a loaded class is a target, for classes that were there before the agent. */
  public boolean isTarget(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null
        || loader == platformLoader
        || loader == agentLoader
        || type.isArray()
        || type.isHidden()) {
      return false;
    }
    if (sitesByType.containsKey(type.getName().replace('.', '/'))) {
      return true;
    }
    return isBelowTarget(type);
  }

  private boolean isBelowTarget(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (subtypeTargets.contains(c.getName().replace('.', '/'))) {
        return true;
      }
      for (Class<?> i : c.getInterfaces()) {
        if (isBelowTarget(i)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Site> sitesOf(String className, ClassLoader loader, byte[] classFile) {
    List<Site> own = sitesByType.get(className);
    if (subtypeTargets.isEmpty() || LibraryPackages.contains(className)) {
      return own == null ? List.of() : own;
    }
    Supertypes view = supertypes.get(loader);
    if (view == null) {
      view = supertypes.putIfAbsent(loader, Supertypes.seenBy(loader, subtypeTargets));
    }
    if (!view.sawTargets()) {
      return own == null ? List.of() : own;
    }
    List<String> targets = view.of(className, classFile, loader);
    if (targets.isEmpty()) {
      return own == null ? List.of() : own;
    }
    List<Site> sites = own == null ? new ArrayList<>() : new ArrayList<>(own);
    for (String target : targets) {
      for (Site site : sitesByType.get(target)) {
        if (site.rule().subtypes()) {
          sites.add(site);
        }
      }
    }
    return sites;
  }

  private byte[] weave(
      Module module, ClassLoader loader, String className, byte[] classFile, List<Site> sites) {
    if (!canReachProbe(loader)) {
      return null;
    }
    byte[] woven = Weaver.weave(className, classFile, sites, recording.get());
    if (woven != null && module != null && module.isNamed()) {
      letRead(module);
    }
    return woven;
  }

  /**
   * Woven code in a named module refers to a class in the bootstrap loader's unnamed module, which
   * named modules do not read by themselves.
   */
  private void letRead(Module module) {
    Module bootstrap = Probe.class.getModule();
    if (!module.canRead(bootstrap)) {
      jvm.redefineModule(module, Set.of(bootstrap), Map.of(), Map.of(), Set.of(), Map.of());
    }
  }

  /**
   * OSGi and module loaders may hide the bootstrap loader's packages; a class woven there would
   * fail to link.
   */
  private boolean canReachProbe(ClassLoader loader) {
    Boolean reaches = reachesProbe.get(loader);
    if (reaches == null) {
      boolean found;
      try {
        found = Class.forName(Probe.class.getName(), false, loader) == Probe.class;
      } catch (ClassNotFoundException | LinkageError e) {
        found = false;
      }
      if (!found) {
        AgentLog.warn(
            "class loader "
                + loader.getClass().getName()
                + " hides io.metricsagent.bootstrap; its classes are not measured");
      }
      reaches = reachesProbe.putIfAbsent(loader, found);
    }
    return reaches;
  }
}
