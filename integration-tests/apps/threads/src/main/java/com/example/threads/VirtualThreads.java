package com.example.threads;

import java.lang.reflect.Method;

/** Virtual threads where the JVM has them. Stateless. */
public final class VirtualThreads {
  private VirtualThreads() {}

  /**
   * Runs a task on a new virtual thread, or on another new thread before Java 21, and waits for its
   * end.
   */
  public static void run(Runnable call) throws ReflectiveOperationException, InterruptedException {
    Thread thread;
    try {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      thread = (Thread) start.invoke(null, call);
    } catch (NoSuchMethodException e) { // before Java 21
      thread = new Thread(call);
      thread.start();
    }
    thread.join();
  }
}
