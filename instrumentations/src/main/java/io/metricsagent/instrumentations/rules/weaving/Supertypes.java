package io.metricsagent.instrumentations.rules.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds which target interfaces a class is below, as one class loader sees them. Thread-safe; holds
 * no reference to the loader.
 *
 * <p>Only the targets that the loader can see count; where it sees none, a class costs nothing.
 * Super types are read as class files and never loaded, since loading a class while another is
 * being defined can deadlock. What is found is remembered by name, and a class that was looked at
 * on its own load answers for its subclasses.
 */
final class Supertypes {
  /** No super type is a target. */
  static final List<String> NONE = List.of();

  private static final int MAX_DEPTH = 64;

  private final Map<String, List<String>> visibleTargets;
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();

  private Supertypes(Map<String, List<String>> visibleTargets) {
    this.visibleTargets = visibleTargets;
  }

  /**
   * Looks which of the targets a loader can see.
   *
   * @param targets internal names
   */
  static Supertypes seenBy(ClassLoader loader, List<String> targets) {
    Map<String, List<String>> visible = new HashMap<>();
    for (String target : targets) {
      if (loader.getResource(target + ".class") != null) {
        visible.put(target, List.of(target));
      }
    }
    return new Supertypes(visible);
  }

  /** Returns whether any class of the loader can be below a target. */
  boolean sawTargets() {
    return !visibleTargets.isEmpty();
  }

  /**
   * Returns the targets that a class is below, by internal name; the class itself is not one of
   * them.
   */
  List<String> of(String className, byte[] classFile, ClassLoader loader) {
    List<String> found = scan(classFile, loader, 0);
    if (!found.isEmpty()) {
      known.put(className, found);
    }
    return found;
  }

  private List<String> scan(byte[] classFile, ClassLoader loader, int depth) {
    ClassFileHeader header = ClassFileHeader.read(classFile);
    if (header == null || depth > MAX_DEPTH) {
      return NONE;
    }
    List<String> found = NONE;
    String superName = header.superName();
    if (superName != null) {
      found = union(found, lookUp(superName, loader, depth));
    }
    for (int i = 0; i < header.interfaceCount(); i++) {
      found = union(found, lookUp(header.interfaceName(i), loader, depth));
    }
    return found;
  }

  private List<String> lookUp(String name, ClassLoader loader, int depth) {
    List<String> target = visibleTargets.get(name);
    List<String> found = known.get(name);
    if (found == null) {
      found = LibraryPackages.contains(name) ? NONE : readAndScan(name, loader, depth);
      if (target == null || !found.isEmpty()) {
        known.put(name, found);
      }
    }
    return target == null ? found : union(target, found);
  }

  private List<String> readAndScan(String name, ClassLoader loader, int depth) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? NONE : scan(in.readAllBytes(), loader, depth + 1);
    } catch (IOException e) {
      return NONE; // a class that cannot be read will not be loaded either
    }
  }

  private static List<String> union(List<String> a, List<String> b) {
    if (b.isEmpty()) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    List<String> all = new ArrayList<>(a);
    for (String name : b) {
      if (!all.contains(name)) {
        all.add(name);
      }
    }
    return Collections.unmodifiableList(all);
  }
}
