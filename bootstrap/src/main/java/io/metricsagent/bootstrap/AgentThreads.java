package io.metricsagent.bootstrap;

import java.util.concurrent.ThreadFactory;

/**
 * Makes every thread of the agent. All are daemons, inherit none of the application's inheritable
 * thread locals, and belong to one group of their own.
 *
 * <p>The group is what keeps faults of ours away from the application. A thread that dies of an
 * exception asks its own handler, then its group, then the default handler, and that one is the
 * application's: in a fail-fast service it ends the process. This group logs one line and stops
 * there. Threads that a library starts from one of ours join the group without knowing it. Its
 * parent is the JVM's root group, so an application that interrupts its own group does not reach
 * it.
 *
 * <p>Immutable.
 */
public final class AgentThreads implements ThreadFactory {
  private static final ThreadGroup GROUP = new Group(parent());

  private final String name;
  private final ClassLoader loader;

  /**
   * Makes a factory.
   *
   * @param name the name of all its threads
   * @param loader their context class loader, {@code null} for the bootstrap loader: never the
   *     application's, which these threads would keep alive
   */
  public AgentThreads(String name, ClassLoader loader) {
    this.name = name;
    this.loader = loader;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(GROUP, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }

  /** Returns the JVM's root group, or, where that may not be seen, the nearest that may. */
  private static ThreadGroup parent() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    try {
      for (ThreadGroup above = group.getParent(); above != null; above = above.getParent()) {
        group = above;
      }
    } catch (SecurityException e) {
      // The application's security manager hides the rest; any group does.
    }
    return group;
  }

  private static final class Group extends ThreadGroup {
    Group(ThreadGroup parent) {
      super(parent, "metrics-agent");
    }

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
      try {
        AgentLog.log(
            AgentLog.Level.ERROR,
            "thread " + thread.getName() + " ended: " + fault + "; the application is not affected",
            fault);
      } catch (Throwable ignored) {
        // Out of memory or of stack, or a fault that cannot even say what it is.
      }
    }
  }
}
