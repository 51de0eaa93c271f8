package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.bootstrap.probe.Probe;
import io.metricsagent.bootstrap.targets.HidingLoaders;
import io.metricsagent.bootstrap.targets.TargetWeaver;
import io.metricsagent.instrumentations.rules.Sighting;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the sites of a target and lets the {@link Weaver} insert them. Thread-safe. */
public final class SiteWeaver implements TargetWeaver {
  private final Instrumentation jvm;
  private final Supplier<Telemetry> telemetry;
  private final SiteTable table;
  private final WeakMap<ClassLoader, Boolean> reachesProbe = new WeakMap<>();

  /**
   * Prepares the look-ups.
   *
   * @param jvm used to let named modules read the bootstrap loader's unnamed module
   * @param telemetry asked when the first target is woven
   */
  public SiteWeaver(Instrumentation jvm, SiteTable table, Supplier<Telemetry> telemetry) {
    this.jvm = jvm;
    this.table = table;
    this.telemetry = telemetry;
  }

  @Override
  public byte[] weave(
      Module module,
      ClassLoader loader,
      String className,
      byte[] classFile,
      List<String> supertypes) {
    if (HidingLoaders.contains(className)) {
      return LoaderOpener.open(classFile);
    }
    List<Site> sites = new ArrayList<>();
    for (Site site : table.sitesOf(className)) {
      addUsed(sites, site, loader);
    }
    for (String target : supertypes) {
      for (Site site : table.sitesOf(target)) {
        if (site.rule().subtypes()) {
          addUsed(sites, site, loader);
        }
      }
    }
    if (sites.isEmpty()) {
      return null;
    }
    if (!canReachProbe(loader)) {
      sites.forEach(site -> site.saw(Sighting.TOLD));
      return null;
    }
    byte[] woven = Weaver.weave(className, classFile, sites, telemetry.get());
    if (woven != null && module != null && module.isNamed()) {
      letRead(module);
    }
    return woven;
  }

  private static void addUsed(List<Site> sites, Site site, ClassLoader loader) {
    String user = site.rule().user();
    if (user == null || maySee(loader, user)) {
      sites.add(site);
    }
  }

  /**
   * Returns whether a loader may see a type: a loader that must not be asked now, or that does not
   * answer, counts as one that does.
   */
  private static boolean maySee(ClassLoader loader, String type) {
    try {
      return !loader.isRegisteredAsParallelCapable()
          || loader.getResource(type.replace('.', '/').concat(".class")) != null;
    } catch (RuntimeException | Error e) {
      return true;
    }
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
   * Returns whether classes of a loader can link to the probe. A loader that is not among {@link
   * HidingLoaders} may hide the bootstrap loader's packages, and a woven class would fail to link.
   */
  private boolean canReachProbe(ClassLoader loader) {
    Boolean reaches = reachesProbe.get(loader);
    if (reaches == null) {
      boolean found;
      try {
        found = Class.forName(Probe.class.getName(), false, loader) == Probe.class;
      } catch (ClassNotFoundException | RuntimeException | Error e) {
        found = false; // the application's loader failed
      }
      if (!found) {
        AgentLog.warn(
            "class loader "
                + loader.getClass().getName()
                + " hides io.metricsagent.bootstrap, so its classes are not measured; let it load"
                + " that package from its parent");
      }
      reaches = reachesProbe.putIfAbsent(loader, found);
    }
    return reaches;
  }
}
