package io.metricsagent.bootstrap.targets;

/**
 * Class loaders that show a class only the packages that it imports, and so hide the one class that
 * woven code refers to. The agent weaves these loaders so that they pass names in {@value #SHOWN}
 * to the bootstrap loader. Stateless.
 */
public final class HidingLoaders {
  /** The package of the class that woven code refers to. */
  public static final String SHOWN = "io.metricsagent.bootstrap.";

  /** The classes that declare {@code loadClass}, by internal name. */
  private static final String[] NAMES = {
    "org/jboss/modules/ConcurrentClassLoader", // WildFly, Keycloak before 17
    "org/apache/felix/framework/BundleWiringImpl$BundleClassLoader",
    "org/eclipse/osgi/internal/loader/ModuleClassLoader", // Equinox
  };

  private HidingLoaders() {}

  /** Returns whether a class, by its internal name, is one of these loaders. */
  public static boolean contains(String internalName) {
    for (String name : NAMES) {
      if (name.equals(internalName)) {
        return true;
      }
    }
    return false;
  }

  static void addTo(TargetNames targets) {
    for (String name : NAMES) {
      targets.add(name, false);
    }
  }
}
