package io.metricsagent.bootstrap.start;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.CDS;
import jdk.internal.misc.Unsafe;

/**
 * The calls to packages of the JDK that it does not export. {@link #open} has them exported to the
 * agent; without it, and on a JDK that lacks a method, the other methods throw a {@link
 * LinkageError}. Stateless.
 *
 * <p>This class has a source folder of its own, because the compiler shows such packages only if it
 * is not told to compile for a release. Calls that are compiled cost nothing; reflection, on JVMs
 * that implement it with method handles (18 and later), costs milliseconds of each start.
 */
final class JdkInternals {
  private JdkInternals() {}

  /** Has the JDK export the packages to the loader of this class. */
  static void open(Instrumentation jvm) {
    Set<Module> agent = Set.of(JdkInternals.class.getModule());
    jvm.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of("jdk.internal.access", agent, "jdk.internal.misc", agent),
        Map.of(),
        Set.of(),
        Map.of());
  }

  /** Returns whether this JVM runs in order to write an archive of classes at its end. */
  static boolean isDumpingArchive() {
    return CDS.isDumpingArchive();
  }

  /** Returns whether a class is initialised, and does not initialise it. */
  static boolean isInitialised(Class<?> type) {
    return !Unsafe.getUnsafe().shouldBeInitialized(type);
  }

  /** Defines a class in the bootstrap loader; its name may begin with {@code java.}. */
  static void defineInBootstrapLoader(String name, byte[] classFile) {
    SharedSecrets.getJavaLangAccess().defineClass(null, name, classFile, null, null);
  }

  /**
   * Adds a task to what the JDK does when the JVM ends, also while the JVM is ending.
   *
   * @param slot the place in the list; tasks run in the order of their places
   * @throws InternalError if the place is taken
   */
  static void atEndOfJvm(int slot, Runnable task) {
    SharedSecrets.getJavaLangAccess().registerShutdownHook(slot, true, task);
  }
}
