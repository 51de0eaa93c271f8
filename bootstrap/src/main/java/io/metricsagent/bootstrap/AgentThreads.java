package io.metricsagent.bootstrap;

import java.util.concurrent.ThreadFactory;

/**
 * Makes every thread of the agent. All are daemons, inherit none of the application's inheritable
 * thread locals, and belong to one group of their own.
 *
 * <p>The group keeps the agent's faults away from the application. A thread that dies of an
 * exception calls its own handler, then its group, then the default handler. The default handler is
 * the application's, and may end the process in a fail-fast service. So this group logs one line
 * and does not call it. Threads that a library starts from an agent's thread join the group too.
 * The group's parent is the JVM's root group, so an application that interrupts its own group does
 * not interrupt this one.
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
   * @param loader their context class loader, {@code null} for the bootstrap loader. Never a loader
   *     of the application, which these threads would keep alive
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

  /** Returns whether a thread is one of the agent's, or was started by one. */
  public static boolean isOwn(Thread thread) {
    for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
      if (group == GROUP) {
        return true;
      }
    }
    return false;
  }

  /** Returns the JVM's root group, or the highest group that a security manager lets us see. */
  private static ThreadGroup parent() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    try {
      for (ThreadGroup above = group.getParent(); above != null; above = above.getParent()) {
        group = above;
      }
    } catch (SecurityException e) {
      // The application's security manager hides the groups above; any group will do.
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
        // No memory or stack is left for the message, or the exception's toString() failed.
      }
    }
  }
}
