package io.metricsagent.bootstrap.targets;

import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds which target interfaces a class is below, as one class loader sees them. Thread-safe; holds
 * no reference to the loader.
 *
 * <p>Nearly every class is decided by the names of its super types alone: targets, names that were
 * decided before, or packages that hold no subtype of a target. Only for another name it is looked,
 * once, whether the loader can see a target; where it sees none, its classes cost a walk over their
 * constant pool, and those of the application's first loader nothing. Other loaders may get their
 * jars later: a {@code URLClassLoader} with more of them is asked again, and any loader sees
 * targets once it or a parent of its has loaded one.
 *
 * <p>Super types are read as class files and never loaded, since loading a class while another is
 * being defined can deadlock; {@link TypeFiles} says where they are read. What is found is
 * remembered by name, and a class that was looked at on its own load answers for its subclasses, if
 * it is below a target or likely to have some.
 */
final class Supertypes {
  /** No super type is a target. */
  static final List<String> NONE = List.of();

  /** No super type that could be looked at is a target; another time it may be another answer. */
  private static final List<String> UNKNOWN = Collections.unmodifiableList(new ArrayList<>(0));

  private static final int MAX_DEPTH = 64;
  private static final int NOT_ASKED = -1;

  private final Set<String> targets;
  private final Supertypes parent;
  private final boolean isFirst;
  private final TypeFiles files;
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();
  private volatile Boolean seesTargets;
  private volatile boolean loadedTarget;
  private volatile int jars = NOT_ASKED;

  /**
   * Makes a view that knows nothing yet.
   *
   * @param targets internal names; does not change
   * @param loader whose view it is
   * @param parent the view of the loader's parent, or {@code null}
   */
  Supertypes(Set<String> targets, ClassLoader loader, Supertypes parent) {
    this.targets = targets;
    this.parent = parent;
    isFirst = loader == ClassLoader.getSystemClassLoader();
    files = new TypeFiles(loader);
  }

  /**
   * Returns the targets that a class is below, by internal name; the class itself is not one of
   * them.
   *
   * @param domain where the class comes from, or {@code null}
   */
  List<String> of(String className, byte[] classFile, ClassLoader loader, ProtectionDomain domain) {
    if (targets.contains(className)) {
      loadedTarget = true;
    }
    if (targets.isEmpty() || (isFirst && Boolean.FALSE.equals(seesTargets) && !loadedTarget)) {
      return NONE;
    }
    if (!files.mayAsk()) {
      files.cameFrom(domain);
    }
    ClassFileHeader header = ClassFileHeader.read(classFile);
    List<String> found = scan(header, loader, 0);
    if (!found.isEmpty() || (isAbstract(header) && found != UNKNOWN && hasSubtypesOfTargets())) {
      known.put(className, withItself(className, found));
    }
    return found;
  }

  private static boolean isAbstract(ClassFileHeader header) {
    return header != null && header.isAbstract();
  }

  /** Whether names are worth the memory. */
  private boolean hasSubtypesOfTargets() {
    return !files.mayAsk() || Boolean.TRUE.equals(seesTargets);
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
    if (!targets.contains(name) && !seesTargets(loader)) {
      return UNKNOWN;
    }
    List<String> above = files.mayAsk() ? null : knownAbove(name);
    if (above == null) {
      above = readAndScan(name, loader, depth);
    }
    List<String> found = withItself(name, above);
    if (found != UNKNOWN) {
      known.put(name, found);
    }
    return found;
  }

  /** Returns what the loader's parents know of a name, or {@code null}. */
  private List<String> knownAbove(String name) {
    List<String> found = null;
    for (Supertypes view = parent; view != null && found == null; view = view.parent) {
      found = view.known.get(name);
    }
    return found;
  }

  private List<String> withItself(String name, List<String> above) {
    return targets.contains(name) ? union(List.of(name), above) : above;
  }

  private boolean seesTargets(ClassLoader loader) {
    if (!Boolean.TRUE.equals(seesTargets)) {
      seesTargets =
          !files.mayAsk()
              || hasLoadedTarget()
              || (isWorthAsking(loader) && files.containsAny(targets, loader));
    }
    return seesTargets;
  }

  /** Whether it was not asked yet, or has got more jars meanwhile. */
  private boolean isWorthAsking(ClassLoader loader) {
    int before = jars;
    if (before == NOT_ASKED) {
      jars = isFirst ? 0 : files.count(loader);
    } else if (!isFirst) {
      jars = files.count(loader);
    }
    return jars > before;
  }

  private boolean hasLoadedTarget() {
    for (Supertypes view = this; view != null; view = view.parent) {
      if (view.loadedTarget) {
        return true;
      }
    }
    return false;
  }

  private List<String> readAndScan(String name, ClassLoader loader, int depth) {
    byte[] classFile = files.read(name, loader);
    return classFile == null ? UNKNOWN : scan(ClassFileHeader.read(classFile), loader, depth + 1);
  }

  private static List<String> union(List<String> a, List<String> b) {
    if (b.isEmpty()) {
      return a.isEmpty() && b == UNKNOWN ? UNKNOWN : a;
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
