package io.metricsagent.instrumentations.rules;

import io.metricsagent.bootstrap.WeakMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How many methods carry a site. A class that is woven again counts once; a class whose loader was
 * unloaded goes on to count. Refers to loaders weakly. Not thread-safe.
 */
final class WovenMethods {
  private final WeakMap<ClassLoader, Map<String, Integer>> classes = new WeakMap<>();
  private long count;

  /** Notes how many methods of a class carry the site now. */
  void of(ClassLoader loader, String className, int methods) {
    Map<String, Integer> ofLoader = classes.get(loader);
    if (ofLoader == null) {
      ofLoader = new HashMap<>();
      classes.put(loader, ofLoader);
    }
    Integer before = ofLoader.put(className, methods);
    count += methods - (before == null ? 0 : before);
  }

  /** Returns how many methods of all classes carry the site. */
  long count() {
    return count;
  }
}
