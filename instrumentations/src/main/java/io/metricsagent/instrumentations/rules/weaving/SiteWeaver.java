package io.metricsagent.instrumentations.rules.weaving;

import io.metricsagent.bootstrap.targets.TargetWeaver;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds the sites of a target and lets the {@link Weaver} insert them. Thread-safe. */
public final class SiteWeaver implements TargetWeaver {
  private final Supplier<Telemetry> telemetry;
  private final SiteTable table;

  /**
   * Prepares the look-ups.
   *
   * @param telemetry asked when the first target is woven
   */
  public SiteWeaver(SiteTable table, Supplier<Telemetry> telemetry) {
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
    Telemetry services = telemetry.get();
    if (services.events().isOn()) {
      putRunsFirst(sites);
    } else {
      removeRuns(sites);
    }
    return sites.isEmpty() ? null : Weaver.weave(loader, className, classFile, sites, services);
  }

  /**
   * Calls of the first site are outermost. A method may be a run and a call of another kind by
   * rules of the user's, and the call is a part of the run then.
   */
  private static void putRunsFirst(List<Site> sites) {
    int runs = 0;
    for (int i = 0; i < sites.size(); i++) {
      Site site = sites.get(i);
      if (site.isForRuns() && site.origin() != null) {
        sites.add(runs++, sites.remove(i));
      }
    }
  }

  private static void removeRuns(List<Site> sites) {
    for (int i = sites.size() - 1; i >= 0; i--) {
      if (sites.get(i).isForRuns()) {
        sites.remove(i);
      }
    }
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
}
