package io.metricsagent.bootstrap.targets;

import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the target interfaces that a class is a subtype of, as one class loader sees them.
 * Thread-safe; holds no reference to the loader.
 *
 * <p>For nearly every class the names of its super types are enough: they are targets, were decided
 * before, or are in packages without subtypes of a target. Only for other names, the loader is
 * asked, once, whether it can see a target. If it sees none, each class of the loader costs one
 * pass over the constant pool, and a class of the application's first loader costs nothing. Other
 * loaders may get more jars later: a {@code URLClassLoader} is asked again once it has more, and
 * every loader counts as seeing targets once it or a parent has loaded one.
 *
 * <p>Super types are read as class files and never loaded, since loading a class while another is
 * being defined can deadlock; {@link TypeFiles} says where they are read. Results are remembered by
 * name. The result for a class that is being loaded is remembered too, for its subclasses, if the
 * class is below a target or likely to have subclasses.
 */
final class Supertypes {
  /** No super type is a target. */
  static final List<String> NONE = List.of();

  /** No super type that could be read is a target; a later attempt may find one. */
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
   * Makes a view without results.
   *
   * @param targets internal names; this set must not change
   * @param loader the loader whose view this is
   * @param parent the view of the loader's parent, or {@code null}
   * @param files reads the class files that the loader can see
   */
  Supertypes(Set<String> targets, ClassLoader loader, Supertypes parent, TypeFiles files) {
    this.targets = targets;
    this.parent = parent;
    isFirst = loader == ClassLoader.getSystemClassLoader();
    this.files = files;
  }

  /**
   * Adds the result for a class that is loaded already.
   *
   * @param above the targets that the class is below
   */
  void wasLoaded(String className, List<String> above) {
    if (targets.contains(className)) {
      loadedTarget = true;
    }
    known.put(className, withItself(className, above));
  }

  /**
   * Returns the internal names of the targets that a class is below, without the class itself.
   *
   * @param domain the domain that the class comes from, or {@code null}
   */
  List<String> of(String className, byte[] classFile, ClassLoader loader, ProtectionDomain domain) {
    boolean isTarget = targets.contains(className);
    if (isTarget) {
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
    boolean mayHaveSubtypes = isTarget || (isAbstract(header) && hasSubtypesOfTargets());
    if (!found.isEmpty() || (mayHaveSubtypes && found != UNKNOWN)) {
      known.put(className, withItself(className, found));
    }
    return found;
  }

  private static boolean isAbstract(ClassFileHeader header) {
    return header != null && header.isAbstract();
  }

  /** Returns whether results for classes of this loader are worth the memory. */
  private boolean hasSubtypesOfTargets() {
    return !files.mayAsk() || Boolean.TRUE.equals(seesTargets) || hasLoadedTarget();
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

  /**
   * Returns the targets for a name that has no result yet: the name itself, if it is a target, and
   * the targets that it is below.
   */
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

  /** Returns the result that the view of a parent has for a name, or {@code null}. */
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

  /** Returns whether the loader was not asked yet, or has more jars than when it was asked. */
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
