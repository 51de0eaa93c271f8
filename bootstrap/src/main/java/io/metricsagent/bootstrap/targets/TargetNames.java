package io.metricsagent.bootstrap.targets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of all targets, and of the modules that have rules for them, so that no rule is read
 * before the first class that one asks for.
 *
 * <p>Those of the built-in rules are in a class that the build writes from the rules: loaded by the
 * bootstrap loader it costs less than a millisecond, where the rules and the jar around them are
 * 20. It names this class in its initialiser and calls {@link #module}, {@link #type} and {@link
 * #supertype}.
 *
 * <p>Filled before the transformer is added to the JVM and only read from then on.
 */
public final class TargetNames {
  /** The class that the build writes. */
  public static final String BUILT_IN = "io.metricsagent.bootstrap.targets.BuiltInTargets";

  /** Where {@link #BUILT_IN} finds the one that is being filled. */
  private static TargetNames loading;

  private final Map<String, String> modules = new HashMap<>();
  private final Map<String, List<String>> modulesByType = new HashMap<>(512);
  private final Set<String> supertypes = new HashSet<>();

  /** Returns the names of the built-in rules' targets. */
  public static synchronized TargetNames builtIn() throws ClassNotFoundException {
    loading = new TargetNames();
    Class.forName(BUILT_IN, true, TargetNames.class.getClassLoader());
    HidingLoaders.addTo(loading);
    return loading;
  }

  /** Called by the class that the build writes, for each module. */
  public static void module(String name, String className) {
    loading.modules.put(name, className);
  }

  /** Called by the class that the build writes, for each target of a module. */
  public static void type(String internalName, String module) {
    loading.add(internalName, module);
  }

  /** Likewise, for a target whose subtypes are targets too. */
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
