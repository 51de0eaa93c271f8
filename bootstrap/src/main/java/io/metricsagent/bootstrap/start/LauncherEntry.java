package io.metricsagent.bootstrap.start;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;

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

  @Override
  public void accept(Object[] start) {
    AgentLauncher.start(
        (String) start[0], (Instrumentation) start[1], (File) start[2], (Boolean) start[3]);
  }
}
