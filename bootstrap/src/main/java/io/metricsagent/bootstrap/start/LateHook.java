package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;

/**
 * Runs something when all shutdown hooks of the application have ended.
 *
 * <p>Graceful shutdown lives in hooks: an application stops accepting work there and waits for the
 * calls that are under way. The JDK starts all hooks at once, so a hook of ours sees nothing of
 * that. But what the JDK calls its hooks is one step of several: a short list of tasks that run one
 * after the other, by number. The console is the first, the application's hooks are the second,
 * files that are to be deleted the third; the rest are free. The last free one is as late as can
 * be, takes no time where the application has no hooks, and makes nobody guess when they are over.
 *
 * <p>The list is internal to the JDK, which opens it to itself alone; {@link
 * Instrumentation#redefineModule} opens it to this package's loader. Stateless.
 */
final class LateHook {
  private static final String PACKAGE = "jdk.internal.access";
  private static final int LAST_SLOT = 9;
  private static final int LAST_SLOT_OF_THE_JDK = 2;

  private LateHook() {}

  /**
   * Adds a task; the JVM may be ending already, as long as not all hooks have ended.
   *
   * @param task runs on the thread that ends the JVM, which waits for it
   * @return whether it was added; if not, this JVM is made differently
   */
  static boolean add(Instrumentation jvm, Runnable task) {
    try {
      jvm.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(PACKAGE, Set.of(LateHook.class.getModule())),
          Map.of(),
          Set.of(),
          Map.of());
      Object access =
          Class.forName(PACKAGE.concat(".SharedSecrets"))
              .getMethod("getJavaLangAccess")
              .invoke(null);
      Method add =
          Class.forName(PACKAGE.concat(".JavaLangAccess"))
              .getMethod("registerShutdownHook", int.class, boolean.class, Runnable.class);
      return add(add, access, task);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      AgentLog.debug("the last export runs beside the application's shutdown hooks: " + e, e);
      return false;
    }
  }

  private static boolean add(Method add, Object access, Runnable task)
      throws ReflectiveOperationException {
    for (int slot = LAST_SLOT; slot > LAST_SLOT_OF_THE_JDK; slot--) {
      try {
        add.invoke(access, slot, true, task);
        return true;
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof InternalError)) { // which says that the slot is taken
          throw e;
        }
      }
    }
    return false;
  }
}
