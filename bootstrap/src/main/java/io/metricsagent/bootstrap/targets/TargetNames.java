package io.metricsagent.bootstrap.targets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of all targets, and of the modules that have rules for them. With these names, no rule
 * has to be loaded before the first class to which it applies.
 *
 * <p>The names of the built-in rules are in a class that the build generates from the rules,
 * because loading that class is much faster than loading the rules. Its initialiser calls {@link
 * #module}, {@link #type} and {@link #supertype}.
 *
 * <p>Filled before the front door reads them, and only read after that. Where rules change while
 * the application runs, the front door is given another object ({@link #copy}).
 */
public final class TargetNames {
  /** The class that the build generates. */
  public static final String BUILT_IN = "io.metricsagent.bootstrap.targets.BuiltInTargets";

  /** The instance that {@link #BUILT_IN} fills. */
  private static TargetNames loading;

  private final Map<String, String> modules;
  private final Map<String, List<String>> modulesByType;
  private final Set<String> supertypes;

  /** Makes an object without names. */
  public TargetNames() {
    modules = new HashMap<>();
    modulesByType = new HashMap<>(512);
    supertypes = new HashSet<>();
  }

  private TargetNames(TargetNames from) {
    modules = from.modules;
    modulesByType = new HashMap<>(from.modulesByType);
    supertypes = new HashSet<>(from.supertypes);
  }

  /** Returns the same names in an object of their own, to which further targets can be added. */
  public TargetNames copy() {
    return new TargetNames(this);
  }

  /** Returns the names of the built-in rules' targets, the same object each time. */
  public static synchronized TargetNames builtIn() throws ClassNotFoundException {
    if (loading == null) {
      loading = new TargetNames();
      Class.forName(BUILT_IN, true, TargetNames.class.getClassLoader());
    }
    return loading;
  }

  /** Called by {@link #BUILT_IN} for each module. */
  public static void module(String name, String className) {
    loading.modules.put(name, className);
  }

  /** Called by {@link #BUILT_IN} for each target of a module. */
  public static void type(String internalName, String module) {
    loading.add(internalName, module);
  }

  /** Called by {@link #BUILT_IN} for each target of a module whose subtypes are targets too. */
  public static void supertype(String internalName, String module) {
    loading.add(internalName, module);
    loading.withSubtypes(internalName);
  }

  private void add(String internalName, String module) {
    List<String> before = modulesByType.get(internalName);
    if (before == null) {
      modulesByType.put(internalName, List.of(module));
    } else {
      List<String> all = new ArrayList<>(before);
      all.add(module);
      modulesByType.put(internalName, all);
    }
  }

  private void withSubtypes(String internalName) {
    supertypes.add(internalName);
  }

  /**
   * Adds a target that no module has rules for.
   *
   * @param internalName name with slashes
   * @param subtypes whether classes below it are targets too
   */
  public void add(String internalName, boolean subtypes) {
    modulesByType.putIfAbsent(internalName, List.of());
    if (subtypes) {
      withSubtypes(internalName);
    }
  }

  boolean contains(String internalName) {
    return modulesByType.containsKey(internalName);
  }

  /** Returns all targets. */
  Set<String> all() {
    return modulesByType.keySet();
  }

  /** Returns the targets whose subtypes are targets too. */
  Set<String> supertypes() {
    return supertypes;
  }

  /** Returns the modules' classes by name. */
  public Map<String, String> modules() {
    return modules;
  }

  /**
   * Returns the names of the modules with rules for a target.
   *
   * @param internalName name with slashes
   */
  public List<String> modulesOf(String internalName) {
    return modulesByType.getOrDefault(internalName, List.of());
  }
}
