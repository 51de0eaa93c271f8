package io.metricsagent.bootstrap.start;

import io.metricsagent.bootstrap.AgentLog;
import java.lang.instrument.Instrumentation;

/**
 * Runs a task when all shutdown hooks of the application have ended.
 *
 * <p>Applications shut down gracefully in hooks: they stop accepting work and wait for the calls
 * that are under way. The JDK starts all hooks at the same time, so a hook of the agent could not
 * tell when the others have ended. But running the hooks is only one entry in a short internal list
 * of tasks, which the JDK runs one after the other, by slot. The first slot restores the console,
 * the second runs the application's hooks, the third deletes files; the other slots are free. A
 * task in the last slot runs after all hooks, and at once if there are none.
 *
 * <p>The JDK does not export the list; {@link JdkInternals} reaches it. Stateless.
 */
final class LateHook {
  private static final int LAST_SLOT = 9;
  private static final int LAST_SLOT_OF_THE_JDK = 2;

  private LateHook() {}

  /**
   * Adds a task. The JVM may be shutting down already, as long as some hook is still running.
   *
   * @param task runs on the thread that ends the JVM, which waits for it
   * @return whether the task was added; false if this JVM has no such list or no free slot
   */
  static boolean add(Instrumentation jvm, Runnable task) {
    try {
      JdkInternals.open(jvm);
      for (int slot = LAST_SLOT; slot > LAST_SLOT_OF_THE_JDK; slot--) {
        if (add(slot, task)) {
          return true;
        }
      }
      return false;
    } catch (RuntimeException | LinkageError e) {
      AgentLog.debug("the last export runs beside the application's shutdown hooks: " + e, e);
      return false;
    }
  }

  private static boolean add(int slot, Runnable task) {
    try {
      JdkInternals.atEndOfJvm(slot, task);
      return true;
    } catch (InternalError e) {
      return false; // the slot is taken
    }
  }
}
