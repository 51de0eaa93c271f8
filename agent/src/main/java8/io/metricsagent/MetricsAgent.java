package io.metricsagent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.jar.JarFile;

/**
 * The entry class: {@code Premain-Class}, {@code Agent-Class} and {@code Main-Class} of the jar.
 *
 * <p>Compiled for Java 8, so that a JVM that is too old gets a line to read instead of a JVM that
 * does not start. It does as little as possible: make sure that {@code io.metricsagent.bootstrap}
 * is loaded by the bootstrap loader, hand over.
 *
 * <p>The manifest's {@code Boot-Class-Path} names {@code metrics-agent.jar}, so the bootstrap
 * loader normally finds those classes, and this one, by itself. That keeps class data sharing alive
 * and the JVM quiet, both of which {@code appendToBootstrapClassLoaderSearch} does not; it remains
 * for a jar under another name.
 */
public final class MetricsAgent implements Supplier<File> {
  private static final String LAUNCHER = "io.metricsagent.bootstrap.start.AgentLauncher";
  private static final String ENTRY = "io.metricsagent.bootstrap.start.LauncherEntry";

  private MetricsAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String arguments, Instrumentation jvm) {
    start(arguments, jvm, false);
  }

  /** Called by the JVM when the agent is attached to a running application. */
  public static void agentmain(String arguments, Instrumentation jvm) {
    start(arguments, jvm, true);
  }

  private static void start(String arguments, Instrumentation jvm, boolean attached) {
    try {
      String problem =
          unsupported(
              System.getProperty("java.specification.version"),
              System.getProperty("org.graalvm.nativeimage.imagecode"));
      if (problem != null) {
        System.err.println(
            "[metrics-agent] error: " + problem + "; the application runs without the agent");
        return;
      }
      Object jar = new MetricsAgent();
      if (attached || MetricsAgent.class.getClassLoader() != null) {
        jar = jar();
      }
      if (MetricsAgent.class.getClassLoader() != null) {
        jvm.appendToBootstrapClassLoaderSearch(new JarFile((File) jar, false));
      }
      launch(arguments, jvm, jar, attached);
    } catch (Throwable t) {
      System.err.println(
          "[metrics-agent] error: the agent did not start: "
              + t
              + "; the application runs without it");
    }
  }

  /** By what the initialiser of {@code ENTRY} leaves behind, which it does once a JVM. */
  @SuppressWarnings("unchecked")
  private static void launch(String arguments, Instrumentation jvm, Object jar, boolean attached)
      throws ReflectiveOperationException, IOException, URISyntaxException {
    Class.forName(ENTRY, true, null);
    Object entry = System.getProperties().remove(ENTRY);
    if (entry != null) {
      ((Consumer<Object[]>) entry).accept(new Object[] {arguments, jvm, jar, attached});
      return;
    }
    Class.forName(LAUNCHER, true, null)
        .getMethod("start", String.class, Instrumentation.class, File.class, boolean.class)
        .invoke(null, arguments, jvm, jar(), attached);
  }

  /**
   * Says why a JVM cannot run the agent.
   *
   * @param version its {@code java.specification.version}
   * @param nativeImage its {@code org.graalvm.nativeimage.imagecode}, or {@code null}
   * @return {@code null} if it can
   */
  static String unsupported(String version, String nativeImage) {
    if (nativeImage != null) {
      return "a GraalVM native image cannot be instrumented";
    }
    int feature;
    try {
      feature = Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    } catch (RuntimeException e) {
      return null; // a version of an unknown form is a new one
    }
    return feature >= 17 ? null : "Java 17 or later is needed, this is Java " + feature;
  }

  /** Finds the jar where the command line does not name it. */
  @Override
  public File get() {
    try {
      return jar();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Finds the jar by this class in it; not through the protection domain, which classes of the
   * bootstrap loader do not have.
   */
  private static File jar() throws IOException, URISyntaxException {
    String resource = "/" + MetricsAgent.class.getName().replace('.', '/') + ".class";
    URL url = MetricsAgent.class.getResource(resource);
    return jar(url == null ? "" : url.toString(), resource);
  }

  /**
   * Takes the jar out of a URL; a folder above it may hold a {@code !/} as well.
   *
   * @param location such as {@code jar:file:/opt/metrics-agent.jar!/a/B.class}
   * @param resource such as {@code /a/B.class}
   */
  static File jar(String location, String resource) throws IOException, URISyntaxException {
    String end = "!" + resource;
    if (!location.startsWith("jar:file:") || !location.endsWith(end)) {
      throw new IOException("cannot find the agent's jar from " + location);
    }
    return new File(new URI(location.substring("jar:".length(), location.length() - end.length())));
  }

  /** Runs the command line. */
  public static void main(String[] arguments) throws Exception {
    String problem = unsupported(System.getProperty("java.specification.version"), null);
    if (problem != null) {
      System.err.println(problem);
      System.exit(1);
    }
    Object exitCode =
        Class.forName(LAUNCHER)
            .getMethod("run", String[].class, File.class)
            .invoke(null, arguments, jar());
    System.exit((Integer) exitCode);
  }
}
