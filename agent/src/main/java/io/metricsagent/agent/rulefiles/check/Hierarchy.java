package io.metricsagent.agent.rulefiles.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which types of an application are below others. Read in one pass. Not thread-safe. */
final class Hierarchy {
  private final Map<String, List<String>> below = new HashMap<>();

  Hierarchy(ClassPath path) {
    for (String name : path.names()) {
      ClassFile file = path.load(name);
      if (file != null) {
        add(file.superName(), name);
        for (String each : file.interfaces()) {
          add(each, name);
        }
      }
    }
  }

  private void add(String above, String name) {
    if (above != null && !above.equals(JavaType.OBJECT)) {
      below.computeIfAbsent(above, key -> new ArrayList<>()).add(name);
    }
  }

  /** Returns all types of the application below a type, nearer ones first. */
  Set<String> subtypes(String name) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(below.getOrDefault(name, List.of()));
    while (!next.isEmpty()) {
      String one = next.poll();
      if (found.add(one)) {
        next.addAll(below.getOrDefault(one, List.of()));
      }
    }
    return found;
  }
}
