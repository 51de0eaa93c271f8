package io.metricsagent.bootstrap.targets;

import io.metricsagent.bootstrap.AgentLog;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads class files that one class loader can see, on a thread that is defining a class in that
 * loader. Thread-safe; holds no reference to the loader.
 *
 * <p>Such a thread holds locks. If the loader is not parallel capable, it holds the lock of the
 * whole loader: if {@code getResource} then waits for a lock of the application, and the thread
 * that has that lock loads a class there, both wait forever. So only parallel capable loaders are
 * asked for files: in such a loader, a thread holds only the locks of single class names. For any
 * other loader, files are searched in the places that its classes came from so far, and then in the
 * nearest parent that is parallel capable. A loader that throws is not asked again.
 */
final class TypeFiles {
  /** A limit, for loaders that give each class a location of its own. */
  private static final int MAX_PLACES = 256;

  private final List<File> places = new CopyOnWriteArrayList<>();
  private volatile ProtectionDomain lastDomain;
  private volatile boolean mayAsk;

  TypeFiles(ClassLoader loader) {
    mayAsk = loader.isRegisteredAsParallelCapable();
  }

  /** Returns whether the loader may be asked for files. */
  boolean mayAsk() {
    return mayAsk;
  }

  /**
   * Returns how many jars and folders a loader has, or 0 if that is unknown. The loader must be one
   * that may be asked.
   */
  int count(ClassLoader loader) {
    try {
      return loader instanceof URLClassLoader urls ? urls.getURLs().length : 0;
    } catch (RuntimeException | Error e) {
      failed(loader, e);
      return 0;
    }
  }

  /** Remembers where a class came from, for a loader that may not be asked for files. */
  void cameFrom(ProtectionDomain domain) {
    if (domain == null || domain == lastDomain || places.size() >= MAX_PLACES) {
      return;
    }
    lastDomain = domain;
    CodeSource source = domain.getCodeSource();
    File place = source == null ? null : file(source.getLocation());
    if (place != null && !places.contains(place)) {
      places.add(place);
    }
  }

  private static File file(URL url) {
    if (url == null || !"file".equals(url.getProtocol())) {
      return null;
    }
    try {
      return new File(new URI(url.toString()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new File(url.getPath()); // the URL is not a URI, for example because of a space
    }
  }

  /**
   * Returns whether the loader sees the class file of at least one of the types. The loader must be
   * one that may be asked.
   */
  boolean containsAny(Iterable<String> names, ClassLoader loader) {
    try {
      for (String name : names) {
        if (loader.getResource(name + ".class") != null) {
          return true;
        }
      }
    } catch (RuntimeException | Error e) {
      failed(loader, e);
    }
    return false;
  }

  /** Returns the class file of a type, or {@code null} if it was not found. */
  byte[] read(String name, ClassLoader loader) {
    String file = name + ".class";
    if (mayAsk) {
      return ask(file, loader);
    }
    byte[] found = fromPlaces(file);
    ClassLoader parent = loader.getParent();
    while (found == null && parent != null) {
      if (parent.isRegisteredAsParallelCapable()) {
        return ask(file, parent);
      }
      parent = parent.getParent();
    }
    return found;
  }

  private byte[] ask(String file, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      return null; // a class that cannot be read will not be loaded either
    } catch (RuntimeException | Error e) {
      failed(loader, e);
      return null;
    }
  }

  private byte[] fromPlaces(String file) {
    for (File place : places) {
      try {
        byte[] found = place.isDirectory() ? fromFolder(place, file) : fromJar(place, file);
        if (found != null) {
          return found;
        }
      } catch (IOException e) {
        continue; // the file was deleted meanwhile; another place may have the class
      }
    }
    return null;
  }

  private static byte[] fromFolder(File folder, String file) throws IOException {
    File found = new File(folder, file);
    if (!found.isFile()) {
      return null;
    }
    try (InputStream in = new FileInputStream(found)) {
      return in.readAllBytes();
    }
  }

  private static byte[] fromJar(File jar, String file) throws IOException {
    if (!jar.isFile()) {
      return null;
    }
    try (ZipFile zip = new ZipFile(jar)) {
      ZipEntry entry = zip.getEntry(file);
      return entry == null ? null : zip.getInputStream(entry).readAllBytes();
    }
  }

  private void failed(ClassLoader loader, Throwable cause) {
    if (!mayAsk) {
      return; // a warning was logged already, by another thread or for a parent
    }
    mayAsk = false;
    AgentLog.log(
        AgentLog.Level.WARN,
        "class loader "
            + loader.getClass().getName()
            + " threw "
            + cause
            + " when it was asked for a class file; it is not asked again, so a class below a"
            + " measured type may be missed where the type between them is in another jar",
        cause);
  }
}
