package io.metricsagent.agent.rulefiles.check;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class files of an application: folders, jars, and jars within jars as those of Spring Boot and
 * WARs have them. The JDK's own class files are found besides. Not thread-safe.
 */
public final class ClassPath implements Closeable {
  private static final String CLASS = ".class";

  /** Where archives of applications have their own classes. */
  private static final List<String> CLASSES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

  /** Where archives of applications have their libraries. */
  private static final List<String> LIBRARIES =
      List.of("BOOT-INF/lib/", "WEB-INF/lib/", "WEB-INF/lib-provided/");

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, ClassFile> read = new HashMap<>();
  private final List<ZipFile> open = new ArrayList<>();
  private final List<Path> temporary = new ArrayList<>();

  /** Where the bytes of a class file are. */
  private interface Source {
    byte[] read() throws IOException;
  }

  private ClassPath() {}

  /**
   * Opens a class path.
   *
   * @param parts jars, folders with classes, and {@code folder/*} for all jars of a folder
   * @throws IOException if a part is missing or cannot be read; the message names it
   */
  public static ClassPath open(List<String> parts) throws IOException {
    ClassPath path = new ClassPath();
    try {
      for (String part : parts) {
        path.add(part);
      }
      return path;
    } catch (IOException | RuntimeException e) {
      path.close();
      throw e;
    }
  }

  private void add(String part) throws IOException {
    boolean all = part.equals("*") || part.endsWith("/*") || part.endsWith(File.separator + "*");
    File file = new File(all ? part.substring(0, part.length() - 1) + "." : part);
    if (!file.exists()) {
      throw new IOException(part + ": no such file; give jars, folders, or folder/* for its jars");
    }
    if (all) {
      File[] jars = file.listFiles((folder, name) -> name.toLowerCase(Locale.ROOT).endsWith(".jar"));
      for (File jar : jars == null ? new File[0] : jars) {
        addJar(jar.toPath(), jar.getPath(), true);
      }
    } else if (file.isDirectory()) {
      addFolder(file.toPath());
    } else {
      addJar(file.toPath(), part, true);
    }
  }

  private void addFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        addClass(name, () -> Files.readAllBytes(file));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void addJar(Path file, String name, boolean mayHaveJars) throws IOException {
    ZipFile jar;
    try {
      jar = new ZipFile(file.toFile());
    } catch (IOException e) {
      throw new IOException(name + ": cannot be read as a jar: " + e.getMessage(), e);
    }
    open.add(jar);
    List<ZipEntry> jars = new ArrayList<>();
    for (ZipEntry entry : Collections.list(jar.entries())) {
      if (entry.getName().endsWith(CLASS)) {
        addClass(entry.getName(), () -> bytes(jar, entry));
      } else if (mayHaveJars
          && entry.getName().endsWith(".jar")
          && LIBRARIES.stream().anyMatch(entry.getName()::startsWith)) {
        jars.add(entry);
      }
    }
    for (ZipEntry inner : jars) {
      // A jar within a jar can only be read from its beginning to its end.
      Path copy = Files.createTempFile("metrics-agent-check", ".jar");
      temporary.add(copy);
      try (InputStream in = jar.getInputStream(inner)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      addJar(copy, name + "!" + inner.getName(), false);
    }
  }

  private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** Adds a class file, unless an earlier part of the class path has the class. */
  private void addClass(String file, Source source) {
    if (!file.endsWith(CLASS) || file.startsWith("META-INF/") || file.endsWith("-info.class")) {
      return;
    }
    String name = file;
    for (String folder : CLASSES) {
      if (file.startsWith(folder)) {
        name = file.substring(folder.length());
      }
    }
    sources.putIfAbsent(name.substring(0, name.length() - CLASS.length()), source);
  }

  /** Returns the copies of jars within jars, which are deleted when this is closed. */
  List<Path> copies() {
    return temporary;
  }

  /** Returns the names of all classes of the application, with slashes. */
  Set<String> names() {
    return Collections.unmodifiableSet(sources.keySet());
  }

  /**
   * Returns a class file of the application or the JDK; {@code null} if there is none, or if it
   * cannot be read.
   */
  ClassFile find(String name) {
    if (!read.containsKey(name)) {
      read.put(name, load(name));
    }
    return read.get(name);
  }

  /** Like {@link #find}, for a class that is not needed again. */
  ClassFile load(String name) {
    Source source = sources.get(name);
    try {
      if (source != null) {
        return ClassFile.read(source.read());
      }
      // The bytes alone; the class is not loaded by this.
      ClassLoader jdk = ClassLoader.getPlatformClassLoader();
      try (InputStream in = jdk.getResourceAsStream(name + CLASS)) {
        return in == null ? null : ClassFile.read(in.readAllBytes());
      }
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    for (ZipFile jar : open) {
      jar.close();
    }
    for (Path copy : temporary) {
      Files.deleteIfExists(copy);
    }
  }
}
