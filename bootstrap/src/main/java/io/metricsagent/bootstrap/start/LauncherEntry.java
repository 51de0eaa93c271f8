package io.metricsagent.bootstrap.start;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets the entry class call {@link AgentLauncher} without reflection, whose first calls take 20 ms
 * on a JVM where they are made of method handles (18 and later).
 *
 * <p>The entry class is compiled for Java 8 and cannot refer to this one. But it can have it
 * initialised, and that leaves an object of a type of the JDK's among the system properties, under
 * this class's name. The entry class takes it from there at once.
 */
final class LauncherEntry implements Consumer<Object[]> {
  static {
    System.getProperties().put(LauncherEntry.class.getName(), new LauncherEntry());
  }

  private LauncherEntry() {}

  /** Takes arguments, JVM, the jar or what finds it, and whether the application runs already. */
  @Override
  public void accept(Object[] start) {
    AgentLauncher.start(
        (String) start[0], (Instrumentation) start[1], jar(start[2]), (Boolean) start[3]);
  }

  /**
   * The command line names the jar nearly always; asking a class loader takes 150 classes of the
   * JDK more, among them those of NIO.
   */
  private static File jar(Object fileOrFinder) {
    if (fileOrFinder instanceof File file) {
      return file;
    }
    File named = ProcessArguments.agentJar();
    return named == null ? (File) ((Supplier<?>) fileOrFinder).get() : named;
  }
}
