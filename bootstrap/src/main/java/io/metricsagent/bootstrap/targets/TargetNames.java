package io.metricsagent.bootstrap.targets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of all targets, so that no rule is read before the first class that one asks for.
 *
 * <p>Those of the built-in rules are in a class that the build writes from the rules: loaded by the
 * bootstrap loader it costs less than a millisecond, where the rules and the jar around them are
 * 20. It names this class in its initialiser and calls {@link #type} and {@link #supertype}.
 *
 * <p>Filled before the transformer is added to the JVM and only read from then on.
 */
public final class TargetNames {
  /** The class that the build writes. */
  public static final String BUILT_IN = "io.metricsagent.bootstrap.targets.BuiltInTargets";

  /** Where {@link #BUILT_IN} finds the one that is being filled. */
  private static TargetNames loading;

  private final Set<String> types = new HashSet<>(512);
  private final List<String> supertypes = new ArrayList<>();

  /** Returns the names of the built-in rules' targets. */
  public static synchronized TargetNames builtIn() throws ClassNotFoundException {
    loading = new TargetNames();
    Class.forName(BUILT_IN, true, TargetNames.class.getClassLoader());
    return loading;
  }

  /** Called by the class that the build writes. */
  public static void type(String internalName) {
    loading.add(internalName, false);
  }

  /** Called by the class that the build writes, for a target whose subtypes are targets too. */
  public static void supertype(String internalName) {
    loading.add(internalName, true);
  }

  /**
   * Adds a target.
   *
   * @param internalName name with slashes
   * @param subtypes whether classes below it are targets too
   */
  public void add(String internalName, boolean subtypes) {
    types.add(internalName);
    if (subtypes && !supertypes.contains(internalName)) {
      supertypes.add(internalName);
    }
  }

  boolean contains(String internalName) {
    return types.contains(internalName);
  }

  /** Returns the targets whose subtypes are targets too. */
  List<String> supertypes() {
    return supertypes;
  }
}
