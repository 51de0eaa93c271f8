package io.metricsagent.bootstrap.loading;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.function.Consumer;

/**
 * Lets the entry class call the launcher, which is in a loader of its own. Thread-safe.
 *
 * <p>The entry class is compiled for Java 8 and cannot refer to this class, but it can have this
 * class initialised. The static initialiser puts an object of a JDK type into the system
 * properties, with the name of this class as the key, and the entry class removes it at once. Only
 * under a security manager, the entry class uses reflection, whose first call is slow on JVMs that
 * implement reflection with method handles (18 and later).
 */
@SuppressWarnings("removal") // Java 24 and later have no security managers
public final class LauncherCall implements Consumer<Object[]> {
  private static final String LAUNCHER = "io.metricsagent.bootstrap.start.Launcher";

  private static Callee launcher;

  static {
    if (System.getSecurityManager() == null) {
      System.getProperties().put(LauncherCall.class.getName(), new LauncherCall());
    }
  }

  /** What the launcher does for the entry class. */
  public interface Callee {
    /**
     * Starts the agent; never throws.
     *
     * @param attached whether the application is already running
     */
    void start(String arguments, Instrumentation jvm, File jar, boolean attached);

    /** Runs a command and returns its exit code. */
    int run(String[] arguments, File jar) throws IOException, ReflectiveOperationException;
  }

  private LauncherCall() {}

  /** Called by the launcher's static initialiser, so that no reflection is needed. */
  public static void register(Callee loaded) {
    launcher = loaded;
  }

  /** Starts the agent. */
  @Override
  public void accept(Object[] start) {
    start(start);
  }

  /** Starts the agent, with the permissions of this class. */
  public static void start(Object[] start) {
    File jar = (File) start[2];
    try {
      if (System.getSecurityManager() == null) {
        load(jar);
      } else {
        AccessController.doPrivileged((PrivilegedExceptionAction<Callee>) () -> load(jar));
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (PrivilegedActionException e) {
      throw new IllegalStateException(e.getException().getMessage(), e);
    }
    launcher.start((String) start[0], (Instrumentation) start[1], jar, (Boolean) start[3]);
  }

  /** Runs a command and returns its exit code. */
  public static int run(String[] arguments, File jar)
      throws IOException, ReflectiveOperationException {
    return load(jar).run(arguments, jar);
  }

  /**
   * Loads the launcher once in a JVM, so that a later attachment reaches the agent that is running.
   */
  private static synchronized Callee load(File jar) throws IOException, ClassNotFoundException {
    if (launcher == null) {
      Class.forName(LAUNCHER, true, new LauncherLoader(jar));
    }
    return launcher;
  }
}
