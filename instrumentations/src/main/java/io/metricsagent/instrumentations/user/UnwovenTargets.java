package io.metricsagent.instrumentations.user;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.rules.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports the classes that the settings name and that were never measured, with the reason.
 * Stateless.
 */
public final class UnwovenTargets {
  private UnwovenTargets() {}

  /** Logs one line for each method that was never woven; called once, at the end of the JVM. */
  public static void report(List<Site> sites) {
    lines(sites).forEach(AgentLog::warn);
  }

  static List<String> lines(List<Site> sites) {
    List<String> lines = new ArrayList<>();
    Map<String, Site> best = new LinkedHashMap<>();
    for (Site site : sites) {
      if (site.instrumentation().name().equals(UserModule.NAME)) {
        best.merge(site.id(), site, (a, b) -> b.sighting().compareTo(a.sighting()) > 0 ? b : a);
      }
    }
    best.forEach(
        (id, site) -> {
          String why = why(site);
          if (why != null) {
            lines.add(site.origin() + ": " + why);
          }
        });
    return lines;
  }

  private static String why(Site site) {
    String type = site.rule().type();
    String method = type + "." + site.rule().methods().get(0).name();
    return switch (site.sighting()) {
      case NEVER ->
          "no class or interface "
              + type
              + " was loaded, so nothing of it was measured; write its full name, with $ before the"
              + " name of a nested class, as in com.acme.Outer$Inner";
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
}
