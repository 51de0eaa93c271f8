package io.metricsagent.bootstrap.start;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;

/**
 * Defines the classes that woven code refers to, so that every class loader sees them. Stateless.
 *
 * <p>In the jar these classes are in {@code java.lang}, where the build has moved them: every
 * loader asks the JVM for that package, and every module reads {@code java.base}. The agent defines
 * the classes rather than adding a jar to the boot class path, because the JVM takes classes from
 * an archive only if the boot class path is the one that the archive was written with.
 */
final class ProbeClasses {
  private static final String PROBE = "io.metricsagent.bootstrap.probe.Probe";

  /** The classes, each after those that it needs. */
  private static final String[] NAMES = {
    PROBE.concat("Sink"), PROBE, PROBE.concat("$Holder"),
  };

  private ProbeClasses() {}

  /** Defines the classes, unless an earlier attempt to open the agent's side has. */
  static void define(Instrumentation jvm) throws IOException {
    JdkInternals.open(jvm);
    for (String name : NAMES) {
      if (!isDefined(name)) {
        JdkInternals.defineInBootstrapLoader(name, read(name));
      }
    }
  }

  private static boolean isDefined(String name) {
    try {
      Class.forName(name, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static byte[] read(String name) throws IOException {
    String file = name.replace('.', '/').concat(".class");
    try (InputStream in = ProbeClasses.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      return in.readAllBytes();
    }
  }
}
