package io.metricsagent.bootstrap.start;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads the agent's own side from {@code inst/} in its jar, where class files are named {@code
 * .classdata} so that no other loader finds them.
 *
 * <pre>
 *   bootstrap loader       io.metricsagent.bootstrap.*   (seen by all)
 *        │
 *   platform loader        java.*, javax.*, jdk.*
 *        │                                  │
 *   application loader     application      AgentClassLoader   inst/**: weaver, exporters, dependencies
 * </pre>
 *
 * <p>Neither side sees the other's classes. From the platform loader only the JDK's own packages
 * are taken: in a modular application it holds classes of the application too.
 *
 * <p>Resources have URLs of a protocol of their own, read from the one open jar, so that
 * applications that switch off URL caching do not make every look-up open it again.
 */
public final class AgentClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String PREFIX = "inst/";
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

  private final JarFile jar;
  private final ClassLoader bootstrapClasses;

  /**
   * Makes a loader.
   *
   * @param jar the agent's jar; stays open
   * @param bootstrapClasses the loader of {@code io.metricsagent.bootstrap}: {@code null}, the
   *     bootstrap loader, in an agent
   */
  AgentClassLoader(JarFile jar, ClassLoader bootstrapClasses) {
    super("metrics-agent", ClassLoader.getPlatformClassLoader());
    this.jar = jar;
    this.bootstrapClasses = bootstrapClasses;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("io.metricsagent.bootstrap.")) {
      return Class.forName(name, false, bootstrapClasses);
    }
    for (String jdk : JDK_PACKAGES) {
      if (name.startsWith(jdk)) {
        return super.loadClass(name, resolve);
      }
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ZipEntry entry = jar.getEntry(PREFIX + name.replace('.', '/') + ".classdata");
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public URL getResource(String name) {
    return findResource(name);
  }

  /** Without a URL, which costs a start some 20 classes. */
  @Override
  public InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(entryName(name));
    try {
      return entry == null ? null : jar.getInputStream(entry);
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
    ZipEntry entry = jar.getEntry(entryName(name));
    return entry == null ? null : url(entry.getName());
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }

  private static String entryName(String resource) {
    return PREFIX + (resource.endsWith(".class") ? resource + "data" : resource);
  }

  @SuppressWarnings("deprecation") // the successor of this constructor needs JDK 20
  private URL url(String entryName) {
    try {
      return new URL("metrics-agent", null, -1, "/" + entryName, new EntryHandler());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e); // a protocol with its own handler is always well-formed
    }
  }

  /** Opens entries of the agent's jar. */
  private final class EntryHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          ZipEntry entry = jar.getEntry(url.getPath().substring(1));
          if (entry == null) {
            throw new FileNotFoundException(url.toString());
          }
          try (InputStream in = jar.getInputStream(entry)) {
            return new ByteArrayInputStream(in.readAllBytes());
          }
        }
      };
    }
  }
}
