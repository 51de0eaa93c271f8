package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counts of a module in use: its woven methods, skipped rules and faults. They go on where
 * another table takes the module's place. Thread-safe.
 */
public final class Instrumentation {
  private final String name;
  private final Map<Site, WovenMethods> woven = new HashMap<>();
  private final AtomicLong errors = new AtomicLong();
  private final ConcurrentHashMap<String, String> skipped = new ConcurrentHashMap<>();

  Instrumentation(String name) {
    this.name = name;
  }

  /** Returns the module's name. */
  public String name() {
    return name;
  }

  /**
   * Counts the methods of a class into which a site was woven, instead of those that were counted
   * when the class was woven before.
   */
  public void wove(Site site, ClassLoader loader, String className, int methods) {
    synchronized (woven) {
      if (site.isRetired()) {
        return; // forgotten already
      }
      WovenMethods ofSite = woven.get(site);
      if (ofSite == null) {
        ofSite = new WovenMethods();
        woven.put(site, ofSite);
      }
      ofSite.of(loader, className, methods);
    }
  }

  private long wovenMethods() {
    long all = 0;
    synchronized (woven) {
      for (WovenMethods ofSite : woven.values()) {
        all += ofSite.count();
      }
    }
    return all;
  }

  /** Counts a fault of the agent. */
  public void error() {
    errors.incrementAndGet();
  }

  /**
   * Counts the rule of a site as off, and warns once for each row and type. A warning of a user's
   * rule begins with its place.
   */
  public void skip(Site site, String reason) {
    if (skipped.putIfAbsent(key(site), reason) == null) {
      String origin = site.origin();
      AgentLog.warn(
          (origin == null ? "" : origin + ": ")
              + "rule "
              + name
              + "/"
              + site.id()
              + " is off: "
              + reason
              + "; the application is not affected, but figures of this rule are missing");
    }
  }

  /** Counts the rule of a site as off no longer, nor its methods, because the rule is gone. */
  void forget(Site site) {
    skipped.remove(key(site));
    synchronized (woven) {
      woven.remove(site);
    }
  }

  private static String key(Site site) {
    return site.id() + ' ' + site.rule().type();
  }

  /**
   * Returns the current counts.
   *
   * @param off the number of rules that are off now because their handlers failed
   */
  InstrumentationSnapshot snapshot(int off) {
    return new InstrumentationSnapshot(name, wovenMethods(), skipped.size() + off, errors.get());
  }
}
