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
 * <p>It is compiled for Java 8, so that a JVM that is too old starts and logs why it is not
 * measured. It does as little as possible: it makes sure that the bootstrap loader finds {@code
 * io.metricsagent.bootstrap}, and calls the launcher there.
 *
 * <p>The manifest's {@code Boot-Class-Path} names {@code metrics-agent.jar}, so the bootstrap
 * loader normally finds those classes, and this one, by itself. A jar with another name is added by
 * {@code appendToBootstrapClassLoaderSearch}, which switches class data sharing off and makes the
 * JVM print a warning.
 */
public final class MetricsAgent implements Supplier<File> {
  private static final String LAUNCHER = "io.metricsagent.bootstrap.start.Launcher";
  private static final String CALL = "io.metricsagent.bootstrap.start.LauncherCall";

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

  /**
   * Calls the launcher through the object that the initialiser of {@code CALL} leaves in the system
   * properties, once in a JVM.
   */
  @SuppressWarnings("unchecked")
  private static void launch(String arguments, Instrumentation jvm, Object jar, boolean attached)
      throws ReflectiveOperationException, IOException, URISyntaxException {
    Class.forName(CALL, true, null);
    Object entry = System.getProperties().remove(CALL);
    if (entry != null) {
      ((Consumer<Object[]>) entry).accept(new Object[] {arguments, jvm, jar, attached});
      return;
    }
    Class.forName(LAUNCHER, true, null)
        .getMethod("start", String.class, Instrumentation.class, File.class, boolean.class)
        .invoke(null, arguments, jvm, jar(), attached);
  }

  /**
   * Returns why a JVM cannot run the agent, or {@code null} if it can.
   *
   * @param version the JVM's {@code java.specification.version}
   * @param nativeImage the JVM's {@code org.graalvm.nativeimage.imagecode}, or {@code null}
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
      return null; // a version of an unknown form must be a new one
    }
    return feature >= 17 ? null : "Java 17 or later is needed, this is Java " + feature;
  }

  /** Finds the jar if the command line does not name it. */
  @Override
  public File get() {
    try {
      return jar();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Finds the jar through the URL of this class, because classes of the bootstrap loader have no
   * protection domain.
   */
  private static File jar() throws IOException, URISyntaxException {
    String resource = "/" + MetricsAgent.class.getName().replace('.', '/') + ".class";
    URL url = MetricsAgent.class.getResource(resource);
    return jar(url == null ? "" : url.toString(), resource);
  }

  /**
   * Returns the jar in a URL; the name of a folder above the jar may contain {@code !/} too.
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
