package com.example.loaders;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;

/**
 * Loads a plugin by a loader that is not parallel capable and guards its resources by a lock.
 * Another thread holds that lock while it loads a class by the same loader.
 */
public final class LockedApp {
  private static final int PATIENCE_MILLIS = 20_000;

  private LockedApp() {}

  /** Runs the application; the argument is the jar of the plugin. */
  public static void main(String[] args) throws Exception {
    URL[] jars = {Plugin.jar(args[0])};
    Thread thread =
        new Thread(
            () -> {
              try (Loader loader = new Loader(jars)) {
                Plugin.ask(loader.loadClass(Plugin.MODEL));
              } catch (Exception e) {
                e.printStackTrace();
              }
            });
    thread.setDaemon(true);
    thread.start();
    thread.join(PATIENCE_MILLIS);
    if (thread.isAlive()) {
      System.out.println("deadlock");
      Runtime.getRuntime().halt(3);
    }
  }

  private static final class Loader extends URLClassLoader {
    private final Object lock = new Object();

    Loader(URL[] jars) {
      super(jars);
    }

    @Override
    public URL getResource(String name) {
      synchronized (lock) {
        return super.getResource(name);
      }
    }

    /** Holds the lock of the loader. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.equals(Plugin.MODEL)) {
        CountDownLatch locked = new CountDownLatch(1);
        Thread other = new Thread(() -> loadOther(locked));
        other.setDaemon(true);
        other.start();
        try {
          locked.await();
        } catch (InterruptedException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
      return super.findClass(name);
    }

    private void loadOther(CountDownLatch locked) {
      synchronized (lock) {
        locked.countDown();
        try {
          loadClass(Plugin.OTHER);
        } catch (ClassNotFoundException e) {
          e.printStackTrace();
        }
      }
    }
  }
}
