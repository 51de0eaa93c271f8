package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.bootstrap.loading.AgentClassLoader;
import io.metricsagent.bootstrap.loading.LauncherLoader;
import java.io.File;
import java.io.IOException;

/**
 * Loads the agent's classes in a run in which the JVM writes an archive of classes, so that later
 * runs take them from the archive. Stateless but for the loader, whose classes the JVM must not
 * unload before it writes them.
 *
 * <p>The JVM also stores classes of loaders that are not its own. A later run takes the stored
 * class when a loader passes the same bytes to {@code defineClass}, and then neither parses nor
 * verifies them. So the jar may have another name then, or be of another version, whose classes are
 * partly the same.
 *
 * <p>The JVM does not store the few classes that the application's loader takes from the agent's
 * jar: it records the class path before it adds the jar, and calls such a class one of an
 * "unsupported location". The same holds for classes that are derived from one of them, or from a
 * class that {@link ProbeClasses} defines.
 */
final class ArchivedClasses {
  private static AgentClassLoader kept;

  private ArchivedClasses() {}

  /** Loads and links the classes, and initialises none of them. */
  static void load(File jar) {
    try {
      int linked = ((LauncherLoader) ArchivedClasses.class.getClassLoader()).linkAll();
      kept = SideOpener.loader(jar);
      linked += kept.linkAll();
      AgentLog.debug("the archive gets " + linked + " classes of the agent", null);
    } catch (IOException e) {
      AgentLog.warn("not all classes of the agent will be in the archive: ".concat(e.toString()));
    }
  }
}
