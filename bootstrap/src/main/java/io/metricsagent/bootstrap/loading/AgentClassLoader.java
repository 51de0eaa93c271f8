package io.metricsagent.bootstrap.loading;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.ByteBuffer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the agent's own side from the {@link Bundle}s in its jar. No other loader finds classes
 * there.
 *
 * <pre>
 *   bootstrap loader       java.*, and the three classes that woven code refers to
 *        │
 *   platform loader        java.*, javax.*, jdk.*
 *        │                                  │
 *   application loader     application      LauncherLoader     io.metricsagent.bootstrap.*
 *                          entry class          │
 *                                           AgentClassLoader   weaver, exporters, dependencies
 * </pre>
 *
 * <p>The application sees the entry class, the classes of this package that the entry class uses,
 * and a copy of the interfaces that sinks of users are compiled against. The agent sees no class of
 * the application. This loader asks the bootstrap loader itself, because nearly all classes of the
 * JDK come from there, and the platform loader takes longer to ask it. From the platform loader
 * this loader takes only the JDK's packages, because in a modular application the platform loader
 * has classes of the application too.
 *
 * <p>URLs of resources have a protocol of their own. Otherwise each look-up would open the jar
 * again in an application that switches off URL caching.
 */
public final class AgentClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String[] JDK_PACKAGES = {
    "java.",
    "javax.",
    "jdk.",
    "sun.",
    "com.sun.",
    "org.w3c.",
    "org.xml.",
    "org.ietf.",
    "netscape.javascript."
  };

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private static final ProtectionDomain ALL_PERMISSIONS = LauncherLoader.allPermissions();

  private final File jar;
  private final ClassLoader bootstrapClasses;
  private final Bundle start;
  private Bundle rest;

  /**
   * Makes a loader.
   *
   * @param jar the agent's jar, which stays open
   * @param bootstrapClasses the loader of {@code io.metricsagent.bootstrap}
   * @throws IOException if the jar cannot be read
   */
  public AgentClassLoader(File jar, ClassLoader bootstrapClasses) throws IOException {
    super("metrics-agent", null);
    this.jar = jar;
    this.bootstrapClasses = bootstrapClasses;
    start = Bundle.open(jar, Bundle.START);
  }

  private synchronized Bundle rest() throws IOException {
    if (rest == null) {
      rest = Bundle.open(jar, Bundle.REST);
    }
    return rest;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("io.metricsagent.bootstrap.")) {
      return Class.forName(name, false, bootstrapClasses);
    }
    if (isOfJdk(name)) {
      return super.loadClass(name, resolve); // the bootstrap loader, then findClass
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded == null ? define(name) : loaded;
  }

  /**
   * Keeps no lock for each name, as other parallel capable loaders do: the JVM itself lets only one
   * of several threads define a class. A table of locks would grow while the application starts,
   * and the JVM would compile the method that copies the table.
   */
  @Override
  protected Object getClassLoadingLock(String name) {
    return new Object();
  }

  private static boolean isOfJdk(String name) {
    if (name.startsWith("io.metricsagent.")) {
      return false; // one comparison, for the names that are asked for most
    }
    for (String jdk : JDK_PACKAGES) {
      if (name.startsWith(jdk)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return isOfJdk(name) ? PLATFORM.loadClass(name) : define(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    ByteBuffer bytes;
    try {
      bytes = start.find(name);
      bytes = bytes == null ? rest().find(name) : bytes;
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      return defineClass(name, bytes, ALL_PERMISSIONS);
    } catch (LinkageError e) {
      Class<?> meanwhile = findLoadedClass(name); // by another thread
      if (meanwhile == null) {
        throw e;
      }
      return meanwhile;
    }
  }

  /**
   * Links the classes that the start or an export may need. Only for a run in which the JVM writes
   * an archive of classes.
   *
   * @return how many classes are linked
   * @throws IOException if the jar cannot be read
   */
  public int linkAll() throws IOException {
    return start.linkClasses(this, List.of("")) + rest().linkClasses(this, exports());
  }

  /** Returns the packages of {@link Bundle#REST} that exports need; commands need the others. */
  private static List<String> exports() {
    List<String> packages = new ArrayList<>();
    for (String name :
        new String[] {
          "agent.log.",
          "agent.net.",
          "exporters.",
          "shaded.hc.",
          "shaded.hdrhistogram.",
          "shaded.jackson.core.",
          "shaded.opentelemetry."
        }) {
      packages.add("io.metricsagent.".concat(name));
    }
    return packages;
  }

  private byte[] read(String name) throws IOException {
    byte[] bytes = start.read(name);
    return bytes == null ? rest().read(name) : bytes;
  }

  @Override
  public URL getResource(String name) {
    return findResource(name);
  }

  /** Opens the stream without a URL, for which the JVM would load more classes at the start. */
  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      byte[] bytes = read(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null; // as the JDK's loaders have it
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return findResources(name);
  }

  @Override
  protected URL findResource(String name) {
    try {
      return start.contains(name) || rest().contains(name) ? url(name) : null;
    } catch (IOException e) {
      return null; // as the JDK's loaders have it
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }

  @SuppressWarnings("deprecation") // the successor of this constructor needs JDK 20
  private URL url(String name) {
    try {
      return new URL("metrics-agent", null, -1, "/" + name, new BundleHandler());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e); // cannot happen, since a handler is given
    }
  }

  /** Opens files of the bundles. */
  private final class BundleHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          byte[] bytes = read(url.getPath().substring(1));
          if (bytes == null) {
            throw new FileNotFoundException(url.toString());
          }
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
