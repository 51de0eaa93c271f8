package com.example.own;

import io.metricsagent.api.MetricsAgentApi;
import io.metricsagent.api.MetricsCollector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Does what each line of standard input says, and prints the line once it is done:
 *
 * <ul>
 *   <li>{@code record}, {@code bad}: records figures, or values that cannot be right
 *   <li>{@code plugin}, {@code child}: records from a class loader with a copy of the interface of
 *       its own; its parent hides the application's copy, or has it
 *   <li>{@code snapshot FILE}, {@code take FILE}: writes the collector's snapshot; {@code take}
 *       resets
 *   <li>{@code jmx FILE}: writes the snapshot that the agent offers in JMX
 *   <li>{@code reset}
 * </ul>
 */
public final class OwnFiguresApp {
  private static final MetricsCollector COLLECTOR = MetricsAgentApi.collector();

  private OwnFiguresApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Scanner in = new Scanner(System.in, StandardCharsets.UTF_8);
    while (in.hasNextLine()) {
      String line = in.nextLine();
      String[] words = line.split(" ");
      switch (words[0]) {
        case "record" -> new Recorder().run();
        case "bad" -> new Recorder().runBadly();
        case "plugin" -> recordIn(ClassLoader.getPlatformClassLoader());
        case "child" -> recordIn(OwnFiguresApp.class.getClassLoader());
        case "snapshot" -> write(words[1], COLLECTOR.snapshot());
        case "take" -> write(words[1], COLLECTOR.snapshotAndReset());
        case "jmx" -> write(words[1], jmx());
        case "reset" -> COLLECTOR.reset();
        default -> throw new IllegalArgumentException(line);
      }
      System.out.println(line);
    }
  }

  private static void recordIn(ClassLoader parent) throws Exception {
    URL[] jars = {jarOf(OwnFiguresApp.class), jarOf(MetricsAgentApi.class)};
    try (URLClassLoader loader = new URLClassLoader(jars, parent)) {
      Class<?> recorder = loader.loadClass(Recorder.class.getName());
      System.out.println("another copy: " + (recorder != Recorder.class));
      ((Runnable) recorder.getConstructor().newInstance()).run();
    }
  }

  private static URL jarOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static String jmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName agent = new ObjectName("io.metricsagent:type=Agent");
    return (String) server.invoke(agent, "snapshotJson", new Object[0], new String[0]);
  }

  private static void write(String file, String text) throws IOException {
    Files.writeString(Path.of(file), text);
  }
}
