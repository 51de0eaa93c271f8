package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.probe.ProbeSink;
import io.metricsagent.bootstrap.snapshot.InstrumentationSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All sites of the JVM by number, and the sink that woven code calls. A module is added when the
 * first class that it has rules for is about to be woven. A site never changes its number, and a
 * number never gets another rule, so a look-up is one array access, and code that was woven before
 * rules changed stays right. Thread-safe.
 */
public final class SiteTable implements ProbeSink {
  private final Map<String, Instrumentation> instrumentations = new TreeMap<>();
  private final Set<String> idle = new TreeSet<>();
  private final Map<String, List<Site>> sitesByType = new HashMap<>();
  private volatile Site[] sites = {};

  /**
   * Makes a table without sites.
   *
   * @param names the names of the modules that may be added
   */
  public SiteTable(Collection<String> names) {
    idle.addAll(names);
  }

  /**
   * What replacing a module has changed.
   *
   * @param added the rules that are in force now and were not before
   * @param removed the rules that are in force no longer
   */
  public record Change(List<Rule> added, List<Rule> removed) {
    /** Returns whether nothing has changed. */
    public boolean isNone() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /** Numbers the rules of a module. */
  public synchronized void add(InstrumentationModule module) {
    idle.remove(module.name());
    Instrumentation instrumentation = new Instrumentation(module.name());
    instrumentations.put(module.name(), instrumentation);
    List<Site> all = new ArrayList<>(Arrays.asList(sites));
    for (Row<?> row : module.rows()) {
      for (Rule rule : row.rules()) {
        Site site = new Site(all.size(), instrumentation, module, row, rule);
        all.add(site);
        ofType(rule).add(site);
      }
    }
    sites = all.toArray(new Site[0]);
  }

  /**
   * Puts a module in the place of the one with the same name, if there is one. A row and a rule
   * that equal those of a site keep that site, with its handler, even if they were gone for a
   * while; the others get new sites. Sites that no rule of the module has any more are retired.
   */
  public synchronized Change replace(InstrumentationModule module) {
    Instrumentation instrumentation = instrumentations.get(module.name());
    if (instrumentation == null) {
      idle.remove(module.name());
      instrumentation = new Instrumentation(module.name());
      instrumentations.put(module.name(), instrumentation);
    }
    List<Site> left = new ArrayList<>();
    for (Site site : sites) {
      if (site.instrumentation() == instrumentation) {
        left.add(site);
      }
    }
    List<Site> all = new ArrayList<>(Arrays.asList(sites));
    List<Rule> added = new ArrayList<>();
    for (Row<?> row : module.rows()) {
      for (Rule rule : row.rules()) {
        Site known = take(left, row, rule);
        if (known == null) {
          known = new Site(all.size(), instrumentation, module, row, rule);
          all.add(known);
        } else {
          known.isWritten(row);
          if (!known.isRetired()) {
            continue;
          }
          known.revive();
        }
        ofType(rule).add(known);
        added.add(rule);
      }
    }
    sites = all.toArray(new Site[0]);
    return new Change(List.copyOf(added), retire(left));
  }

  /** Removes the site for a rule from a list and returns it; {@code null} if there is none. */
  private static Site take(List<Site> left, Row<?> row, Rule rule) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).isFor(row, rule)) {
        return left.remove(i);
      }
    }
    return null;
  }

  private List<Rule> retire(List<Site> gone) {
    List<Rule> removed = new ArrayList<>();
    for (Site site : gone) {
      if (!site.isRetired()) {
        site.retire();
        ofType(site.rule()).remove(site);
        removed.add(site.rule());
      }
    }
    return List.copyOf(removed);
  }

  private List<Site> ofType(Rule rule) {
    String type = rule.type().replace('.', '/');
    List<Site> found = sitesByType.get(type);
    if (found == null) {
      found = new ArrayList<>();
      sitesByType.put(type, found);
    }
    return found;
  }

  /** Returns the sites of all rules in force. */
  public List<Site> sites() {
    List<Site> active = new ArrayList<>();
    for (Site site : sites) {
      if (!site.isRetired()) {
        active.add(site);
      }
    }
    return active;
  }

  /**
   * Returns the sites of the rules for a target.
   *
   * @param type internal name, with slashes
   */
  public synchronized List<Site> sitesOf(String type) {
    List<Site> found = sitesByType.get(type);
    return found == null ? List.of() : List.copyOf(found);
  }

  /**
   * Returns the counts of each module, by name; a rule that is switched off now counts as skipped.
   * Also warns about rules that were switched off since the last call, so this method is called on
   * the agent's own thread.
   */
  public synchronized List<InstrumentationSnapshot> snapshot() {
    Map<String, InstrumentationSnapshot> result = new TreeMap<>();
    Map<Instrumentation, Integer> off = new HashMap<>();
    for (Site site : sites()) {
      site.report();
      if (site.isOff()) {
        off.put(site.instrumentation(), off.getOrDefault(site.instrumentation(), 0) + 1);
      }
    }
    for (String name : idle) {
      result.put(name, new InstrumentationSnapshot(name, 0, 0, 0));
    }
    for (Instrumentation instrumentation : instrumentations.values()) {
      result.put(
          instrumentation.name(), instrumentation.snapshot(off.getOrDefault(instrumentation, 0)));
    }
    return List.copyOf(result.values());
  }

  @Override
  public Object enter(int site, Object self, Object arg0, Object arg1, Object arg2) {
    SiteHandler handler = sites[site].handler();
    return handler == null ? null : handler.enter(self, arg0, arg1, arg2);
  }

  @Override
  public Object enterSuspending(
      int site, Object self, Object arg0, Object arg1, Object arg2, Object continuation) {
    SiteHandler handler = sites[site].handler();
    return handler == null ? null : handler.enterSuspending(self, arg0, arg1, arg2, continuation);
  }

  @Override
  public Object replaceArgument(int site, Object token, Object argument) {
    SiteHandler handler = sites[site].handlerOfRunningCalls();
    return handler == null ? argument : handler.replaceArgument(token, argument);
  }

  @Override
  public Object exit(int site, Object token, Object result, Throwable thrown) {
    SiteHandler handler = sites[site].handlerOfRunningCalls();
    return handler == null ? result : handler.exit(token, result, thrown);
  }

  @Override
  public Object followArgument(int site, Object token, Object argument, Class<?> declared) {
    SiteHandler handler = sites[site].handlerOfRunningCalls();
    return handler == null ? argument : handler.followArgument(token, argument, declared);
  }

  @Override
  public Object returned(int site, Object token, Object result, Class<?> declared) {
    SiteHandler handler = sites[site].handlerOfRunningCalls();
    return handler == null ? result : handler.returned(token, result, declared);
  }

  @Override
  public void failed(int site, Throwable fault) {
    sites[site].failed(fault);
  }
}
