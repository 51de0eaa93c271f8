package io.metricsagent.it.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another main class for an application that is built already: a source that a test compiles
 * against the application's classes and libraries. Stateless.
 */
public final class OtherMain {
  /** Many tasks at once, each on a thread of its own, which is virtual from Java 21 on. */
  private static final String CROWD =
      """
      package com.example.threads;

      import java.util.*;
      import java.util.concurrent.*;

      public class Crowd {
        public static void run(int size, Callable<?> task) throws Exception {
          ExecutorService threads;
          try {
            threads =
                (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
          } catch (NoSuchMethodException e) { // before Java 21
            threads = Executors.newFixedThreadPool(size);
          }
          CountDownLatch all = new CountDownLatch(size);
          List<Future<?>> results = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            results.add(
                threads.submit(
                    () -> {
                      all.countDown();
                      all.await();
                      return task.call();
                    }));
          }
          for (Future<?> result : results) {
            result.get();
          }
          threads.shutdown();
        }
      }
      """;

  private OtherMain() {}

  /**
   * Compiles a class and returns its run. The source may use {@code com.example.threads.Crowd}.
   *
   * @param name the full name of the class, in the application's package
   */
  public static AgentRun of(Setup setup, String name, String source) throws IOException {
    Path jar = setup.jar();
    String libraries = jar + File.pathSeparator + jar.resolveSibling("lib").resolve("*");
    Path folder = Files.createTempDirectory(Artifacts.runs(), "classes");
    String simple = name.substring(name.lastIndexOf('.') + 1);
    SourceFiles.compile(folder, libraries, "Crowd", CROWD, simple, source);
    return AgentRun.on(setup.jdk()).mainClass(folder + File.pathSeparator + libraries, name);
  }
}
