package io.metricsagent.bootstrap.start;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets the entry class call {@link Launcher} without reflection, whose first call is slow on JVMs
 * that implement it with method handles (18 and later).
 *
 * <p>The entry class is compiled for Java 8 and cannot refer to this class, but it can have this
 * class initialised. The static initialiser puts an object of a JDK type into the system
 * properties, with the name of this class as the key, and the entry class removes it at once.
 */
final class LauncherCall implements Consumer<Object[]> {
  static {
    System.getProperties().put(LauncherCall.class.getName(), new LauncherCall());
  }

  private LauncherCall() {}

  /**
   * Takes the arguments, the JVM, the jar or a supplier of it, and whether the application runs
   * already.
   */
  @Override
  public void accept(Object[] start) {
    Launcher.start(
        (String) start[0], (Instrumentation) start[1], jar(start[2]), (Boolean) start[3]);
  }

  /**
   * Returns the agent's jar. The command line nearly always names it; asking a class loader would
   * load many more classes of the JDK, some of them of NIO.
   */
  private static File jar(Object fileOrFinder) {
    if (fileOrFinder instanceof File file) {
      return file;
    }
    File named = ProcessArguments.agentJar();
    return named == null ? (File) ((Supplier<?>) fileOrFinder).get() : named;
  }
}
