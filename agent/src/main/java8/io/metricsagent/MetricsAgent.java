package io.metricsagent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.util.function.Consumer;
import java.util.jar.JarFile;

/**
 * The entry class: {@code Premain-Class}, {@code Agent-Class} and {@code Main-Class} of the jar.
 *
 * <p>It is compiled for Java 8, so that a JVM that is too old starts and logs why it is not
 * measured. It does as little as possible: it calls the launcher, and keeps what it needs to call
 * it again.
 *
 * <p>Nothing is added to the boot class path, because the JVM then takes no class of the
 * application from an archive. The exception is a JVM that starts with a security manager, which
 * gives permissions to the classes of that path alone.
 */
@SuppressWarnings({"deprecation", "removal"}) // newer JVMs have no security managers
public final class MetricsAgent {
  private static final String CALL = "io.metricsagent.bootstrap.loading.LauncherCall";

  private static Consumer<Object[]> launcher;

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
      boolean guarded = System.getSecurityManager() != null;
      String problem =
          unsupported(
              System.getProperty("java.specification.version"),
              guarded ? null : System.getProperty("org.graalvm.nativeimage.imagecode"));
      if (problem != null) {
        System.err.println(
            "[metrics-agent] error: " + problem + "; the application runs without the agent");
        return;
      }
      if (guarded) {
        File jar = jarOfResource();
        jvm.appendToBootstrapClassLoaderSearch(new JarFile(jar, false));
        callByReflection(arguments, jvm, jar, attached);
      } else {
        call(arguments, jvm, jar(), attached);
      }
    } catch (Throwable t) {
      Throwable cause = t instanceof InvocationTargetException ? t.getCause() : t;
      System.err.println(
          "[metrics-agent] error: the agent did not start: "
              + (cause instanceof IllegalStateException ? cause.getMessage() : cause.toString())
              + "; the application runs without it");
    }
  }

  /**
   * Calls the launcher through the object that the initialiser of {@code CALL} leaves in the system
   * properties, once in a JVM.
   */
  @SuppressWarnings("unchecked")
  private static synchronized void call(
      String arguments, Instrumentation jvm, File jar, boolean attached)
      throws ReflectiveOperationException {
    if (launcher == null) {
      Class.forName(CALL);
      launcher = (Consumer<Object[]>) System.getProperties().remove(CALL);
    }
    if (launcher == null) {
      callByReflection(arguments, jvm, jar, attached);
    } else {
      launcher.accept(new Object[] {arguments, jvm, jar, attached});
    }
  }

  private static void callByReflection(
      String arguments, Instrumentation jvm, File jar, boolean attached)
      throws ReflectiveOperationException {
    Class.forName(CALL)
        .getMethod("start", Object[].class)
        .invoke(null, (Object) new Object[] {arguments, jvm, jar, attached});
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

  /** Returns the jar that this class was loaded from. */
  private static File jar() throws IOException, URISyntaxException {
    CodeSource source = MetricsAgent.class.getProtectionDomain().getCodeSource();
    return source == null ? jarOfResource() : new File(source.getLocation().toURI());
  }

  /** Finds the jar as a class may that has no permissions. */
  private static File jarOfResource() throws IOException, URISyntaxException {
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
        Class.forName(CALL)
            .getMethod("run", String[].class, File.class)
            .invoke(null, arguments, jar());
    System.exit((Integer) exitCode);
  }
}
