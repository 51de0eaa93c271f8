package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.rules.Sighting;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Reports the classes that users name and that were never measured, with the reason: those that
 * were not loaded within {@value #PATIENCE_MINUTES} minutes, and at the end of the JVM all others,
 * each once. Thread-safe.
 */
public final class UnwovenTargets {
  /** How long a class may take to be loaded before it is reported. */
  private static final int PATIENCE_MINUTES = 5;

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
  private static final String WITHIN = " within " + PATIENCE_MINUTES + " minutes";

  private final SiteTable sites;
  private final LongSupplier nanoTime;

  /** When each rule was first seen in force, by its id, in nanoseconds of the clock. */
  private final Map<String, Long> since = new HashMap<>();

  private final Set<String> told = new HashSet<>();

  /**
   * Reports on the user's rules in a table.
   *
   * @param nanoTime the time in nanoseconds, as {@link System#nanoTime}
   */
  public UnwovenTargets(SiteTable sites, LongSupplier nanoTime) {
    this.sites = sites;
    this.nanoTime = nanoTime;
  }

  /**
   * Logs one line for each rule that has been in force for {@value #PATIENCE_MINUTES} minutes
   * without one of its classes having been loaded. A rule counts as in force from the first call on
   * that finds it.
   *
   * @return the nanoseconds after which the next call may find something; {@link Long#MAX_VALUE} if
   *     none will
   */
  public long look() {
    long now = nanoTime.getAsLong();
    long wait = Long.MAX_VALUE;
    List<String> lines = new ArrayList<>();
    synchronized (this) {
      Map<String, Site> best = best(sites.sites());
      since.keySet().retainAll(best.keySet());
      for (Map.Entry<String, Site> rule : best.entrySet()) {
        String id = rule.getKey();
        since.putIfAbsent(id, now);
        if (rule.getValue().sighting() != Sighting.NEVER || told.contains(id)) {
          continue;
        }
        long left = PATIENCE_NANOS - (now - since.get(id));
        if (left > 0) {
          wait = Math.min(wait, left);
        } else {
          told.add(id);
          lines.add(rule.getValue().origin() + ": " + neverLoaded(rule.getValue(), WITHIN));
        }
      }
    }
    warn(lines);
    return wait;
  }

  /**
   * Logs one line for each rule that was never woven and that {@link #look} has not told of; called
   * at the end of the JVM.
   */
  public void report() {
    List<String> lines;
    synchronized (this) {
      lines = lines(sites.sites(), told);
    }
    warn(lines);
  }

  private static void warn(List<String> lines) {
    for (String line : lines) {
      AgentLog.warn(line);
    }
  }

  static List<String> lines(List<Site> sites, Set<String> told) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Site> rule : best(sites).entrySet()) {
      String why = why(rule.getValue());
      if (why != null && !told.contains(rule.getKey())) {
        lines.add(rule.getValue().origin() + ": " + why);
      }
    }
    return lines;
  }

  /** Returns the site with which the agent got furthest, for each rule by its id. */
  private static Map<String, Site> best(List<Site> sites) {
    Map<String, Site> best = new LinkedHashMap<>();
    for (Site site : sites) {
      if (site.instrumentation().name().equals(UserModule.NAME)) {
        Site other = best.get(site.id());
        if (other == null || site.sighting().compareTo(other.sighting()) > 0) {
          best.put(site.id(), site);
        }
      }
    }
    return best;
  }

  private static String why(Site site) {
    String type = site.rule().type();
    String method = type + "." + site.rule().methods().get(0).name();
    return switch (site.sighting()) {
      case NEVER -> neverLoaded(site, "");
      case ABSTRACT ->
          method
              + " is abstract, and no subtype of "
              + type
              + " with code for it was loaded, so nothing of it was measured; a lambda cannot be"
              + " measured, write a class";
      case NATIVE -> method + " is native, which cannot be measured; name the method that calls it";
      case TOLD, WOVEN -> null;
    };
  }

  private static String neverLoaded(Site site, String within) {
    return "no class or interface "
        + site.rule().type()
        + " was loaded"
        + within
        + ", so nothing of it was measured; write its full name, with $ before the name of a nested"
        + " class, as in com.acme.Outer$Inner";
  }
}
