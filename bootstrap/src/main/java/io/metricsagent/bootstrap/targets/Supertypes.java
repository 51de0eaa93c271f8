package io.metricsagent.bootstrap.targets;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds which target interfaces a class is below, as one class loader sees them. Thread-safe; holds
 * no reference to the loader.
 *
 * <p>Nearly every class is decided by the names of its super types alone: targets, names that were
 * decided before, or packages that hold no subtype of a target. Only for another name it is looked,
 * once, which of the targets the loader can see; where it sees none, its classes cost nothing from
 * then on.
 *
 * <p>Super types are read as class files and never loaded, since loading a class while another is
 * being defined can deadlock. What is found is remembered by name, and a class that was looked at
 * on its own load answers for its subclasses, if it is below a target or likely to have some.
 */
final class Supertypes {
  /** No super type is a target. */
  static final List<String> NONE = List.of();

  private static final int MAX_DEPTH = 64;

  private final List<String> targets;
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();
  private volatile Boolean seesTargets;

  /**
   * Makes a view that knows nothing yet.
   *
   * @param targets internal names; does not change
   */
  Supertypes(List<String> targets) {
    this.targets = targets;
    if (targets.isEmpty()) {
      seesTargets = false;
    }
  }

  /**
   * Returns the targets that a class is below, by internal name; the class itself is not one of
   * them.
   */
  List<String> of(String className, byte[] classFile, ClassLoader loader) {
    if (Boolean.FALSE.equals(seesTargets)) {
      return NONE;
    }
    ClassFileHeader header = ClassFileHeader.read(classFile);
    List<String> found = scan(header, loader, 0);
    if (!found.isEmpty() || (header != null && header.isAbstract() && seesTargets != null)) {
      known.put(className, withItself(className, found));
    }
    return found;
  }

  private List<String> scan(ClassFileHeader header, ClassLoader loader, int depth) {
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
    List<String> found = known.get(name);
    if (found == null) {
      found = LibraryPackages.contains(name) ? NONE : decide(name, loader, depth);
    }
    return found;
  }

  /** Decides a name for the first time: itself, if it is a target, and what it is below. */
  private List<String> decide(String name, ClassLoader loader, int depth) {
    if (!seesTargets(loader)) {
      return NONE;
    }
    List<String> found = withItself(name, readAndScan(name, loader, depth));
    known.put(name, found);
    return found;
  }

  private List<String> withItself(String name, List<String> above) {
    return targets.contains(name) ? union(List.of(name), above) : above;
  }

  private boolean seesTargets(ClassLoader loader) {
    Boolean sees = seesTargets;
    if (sees == null) {
      sees = false;
      for (int i = 0; i < targets.size() && !sees; i++) {
        sees = loader.getResource(targets.get(i) + ".class") != null;
      }
      seesTargets = sees;
    }
    return sees;
  }

  private List<String> readAndScan(String name, ClassLoader loader, int depth) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? NONE : scan(ClassFileHeader.read(in.readAllBytes()), loader, depth + 1);
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
