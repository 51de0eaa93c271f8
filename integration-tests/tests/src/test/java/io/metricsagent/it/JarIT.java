package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.Artifacts;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The jar contains what the agent needs, and nothing that an application could meet by accident.
 */
class JarIT {
  private static final int CONSTANT_CLASS = 7;
  private static final int CONSTANT_STRING = 8;

  private static final String ENTRY_CLASS = "io/metricsagent/MetricsAgent.class";
  private static final String PROBE = "java/lang/MetricsAgentProbe";

  /** The only class that may refer to packages that the JDK does not export. */
  private static final String INTERNALS =
      "io/metricsagent/bootstrap/start/JdkInternals.class -> jdk/internal/";

  private static final Map<String, byte[]> bundled = new TreeMap<>();

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(Artifacts.agent().toFile());
    unbundle("inst/launcher.bundle");
    unbundle("inst/start.bundle");
    unbundle("inst/rest.bundle");
  }

  /** Reads the format that {@code io.metricsagent.bootstrap.loading.Bundle} describes. */
  private static void unbundle(String entry) throws IOException {
    ByteBuffer bundle = ByteBuffer.wrap(read(entry));
    int files = bundle.getInt();
    int begin = 4 + files * 20;
    int lastHash = Integer.MIN_VALUE;
    for (int i = 0; i < files; i++) {
      int hash = bundle.getInt();
      int at = begin + bundle.getInt();
      byte[] name = new byte[bundle.getInt()];
      byte[] bytes = new byte[bundle.getInt()];
      int length = bundle.getInt();
      bundle.get(at, name).get(at + name.length, bytes);
      if (bytes.length != length) {
        bytes =
            new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(true))
                .readAllBytes();
      }
      String text = new String(name, StandardCharsets.UTF_8);
      assertThat(text.hashCode()).as(text).isEqualTo(hash);
      String file = text.contains("/") ? text : text.replace('.', '/') + ".class";
      assertThat(hash).isGreaterThanOrEqualTo(lastHash);
      assertThat(bytes).as(file).hasSize(length);
      assertThat(bundled.put(file, bytes)).as(file).isNull();
      lastHash = hash;
    }
  }

  private static byte[] read(String entry) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return in.readAllBytes();
    }
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void onlyTheEntryClassAndWhatItCallsAndWhatSinksOfUsersNameAreInPlainSight() {
    String loading = "io/metricsagent/bootstrap/loading/";
    assertThat(names())
        .filteredOn(name -> name.endsWith(".class"))
        .filteredOn(name -> !name.matches("io/metricsagent/bootstrap/(sink|snapshot|measures)/.*"))
        .containsExactlyInAnyOrder(
            ENTRY_CLASS,
            loading + "Bundle.class",
            loading + "LauncherCall.class",
            loading + "LauncherCall$Callee.class",
            loading + "LauncherLoader.class");
  }

  /** A loader may hide any package but those of the JDK. */
  @Test
  void whatWovenCodeRefersToIsInAPackageThatEveryLoaderSees() throws IOException {
    assertThat(bundled.keySet())
        .filteredOn(name -> !name.startsWith("io/metricsagent/") && name.endsWith(".class"))
        .containsExactlyInAnyOrder(PROBE + ".class", PROBE + "$Holder.class", PROBE + "Sink.class");
    for (Map.Entry<String, byte[]> file : bundled.entrySet()) {
      if (file.getKey().startsWith(PROBE)) {
        assertThat(classReferences(file.getKey(), file.getValue()))
            .allMatch(name -> name.startsWith("java/lang/"));
      }
    }
  }

  @Test
  void everythingElseIsBundledAndOursOrRelocated() {
    assertThat(names())
        .filteredOn(name -> !name.endsWith(".class"))
        .allMatch(name -> name.startsWith("inst/") || name.startsWith("META-INF/"));
    assertThat(bundled.keySet())
        .filteredOn(name -> name.endsWith(".class"))
        .hasSizeGreaterThan(1000)
        .allMatch(name -> name.startsWith("io/metricsagent/") || name.startsWith(PROBE));
  }

  /** A copy of the agent's would hide that of the application. */
  @Test
  void theInterfaceForApplicationsIsNotInTheJar() {
    assertThat(names()).noneMatch(name -> name.startsWith("io/metricsagent/api/"));
    assertThat(bundled.keySet()).noneMatch(name -> name.startsWith("io/metricsagent/api/"));
  }

  /** The JDK reads all entries to find the entry class. */
  @Test
  void hasFewEntries() {
    assertThat(names()).hasSizeLessThan(100);
  }

  /** It is downloaded into each image; a dependency that adds a megabyte needs a good reason. */
  @Test
  void isSmallerThanEightMegabytes() throws IOException {
    assertThat(Files.size(Artifacts.agent())).isLessThan(8_000_000);
  }

  @Test
  void noServiceOfOursIsOfferedToTheApplication() {
    assertThat(names()).noneMatch(name -> name.startsWith("META-INF/services/"));
  }

  @Test
  void theBootstrapRefersToTheBaseModuleAlone() throws IOException {
    Set<String> foreign = new TreeSet<>();
    Map<String, byte[]> files = new TreeMap<>(bundled);
    files.put(ENTRY_CLASS, read(ENTRY_CLASS));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String name = file.getKey();
      boolean bootstrap = name.startsWith("io/metricsagent/bootstrap/") || name.equals(ENTRY_CLASS);
      if (bootstrap && name.endsWith(".class")) {
        for (String referred : classReferences(name, file.getValue())) {
          boolean base =
              referred.startsWith("java/")
                  && !referred.startsWith("java/util/logging")
                  && !referred.startsWith("java/lang/management");
          boolean agentApi = referred.startsWith("java/lang/instrument/");
          String reference = name + " -> " + referred;
          if (!(base || agentApi || referred.startsWith("io/metricsagent/"))
              && !reference.startsWith(INTERNALS)) {
            foreign.add(reference);
          }
        }
      }
    }
    assertThat(foreign).isEmpty();
  }

  @Test
  void nothingInTheJarLogsThroughTheApplicationsLogManager() throws IOException {
    List<String> users = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : bundled.entrySet()) {
      if (file.getKey().endsWith(".class")
          && classReferences(file.getKey(), file.getValue()).contains("java/util/logging/Logger")) {
        users.add(file.getKey());
      }
    }
    assertThat(users).isEmpty();
  }

  /** The build leaves out the classes of dependencies that it finds no reference to. */
  @Test
  void everyClassOfOursThatIsReferredToIsThere() throws IOException {
    Set<String> there = new TreeSet<>(bundled.keySet());
    there.addAll(names());
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, byte[]> file : bundled.entrySet()) {
      if (file.getKey().endsWith(".class")) {
        for (String referred : classReferences(file.getKey(), file.getValue())) {
          if (referred.startsWith("io/metricsagent/") && !there.contains(referred + ".class")) {
            missing.add(referred + ", which " + file.getKey() + " refers to");
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /**
   * The build gives dependencies other packages, also where their names are texts. A text in a
   * class of ours means the application's copy of the library.
   */
  @Test
  void noTextInAClassOfOursWasRelocated() throws IOException {
    List<String> relocated = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : bundled.entrySet()) {
      String name = file.getKey();
      if (name.endsWith(".class") && !name.startsWith("io/metricsagent/shaded/")) {
        for (String text : texts(name, file.getValue())) {
          if (text.startsWith("io/metricsagent/shaded/")
              || text.startsWith("io.metricsagent.shaded.")) {
            relocated.add(name + ": " + text);
          }
        }
      }
    }
    assertThat(relocated).isEmpty();
  }

  @Test
  void theEntryClassLoadsOnJavaEight() throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(ENTRY_CLASS)))) {
      in.readInt();
      in.readUnsignedShort();
      assertThat(in.readUnsignedShort()).isEqualTo(52);
    }
  }

  /** An archive of classes is of no use to a JVM whose boot class path is another. */
  @Test
  void theManifestNamesTheEntryClassAndNothingForTheBootClassPath() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();

    for (String role : List.of("Premain-Class", "Agent-Class", "Main-Class")) {
      assertThat(manifest.getValue(role)).isEqualTo("io.metricsagent.MetricsAgent");
    }
    assertThat(manifest.getValue("Boot-Class-Path")).isNull();
    assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
    assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
  }

  /**
   * All entries have the same time, so the jar's bytes depend on the sources, and not on the time
   * and place of the build.
   */
  @Test
  void entriesCarryNoTimeOfTheBuild() {
    Set<Long> times = new TreeSet<>();
    for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {
      times.add(e.nextElement().getTime());
    }
    assertThat(times).hasSize(1);
  }

  private static List<String> names() {
    return jar.stream().map(JarEntry::getName).toList();
  }

  /** Returns the class constants of a class file (JVMS §4.4). */
  private static Set<String> classReferences(String name, byte[] classFile) throws IOException {
    Set<String> references = new TreeSet<>();
    for (String type : constants(name, classFile, CONSTANT_CLASS)) {
      if (!type.startsWith("[")) {
        references.add(type);
      }
    }
    return references;
  }

  /** Returns the texts of a class file (JVMS §4.4). */
  private static Set<String> texts(String name, byte[] classFile) throws IOException {
    return constants(name, classFile, CONSTANT_STRING);
  }

  private static Set<String> constants(String name, byte[] classFile, int kind) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
      in.readLong();
      int count = in.readUnsignedShort();
      String[] texts = new String[count];
      int[] wanted = new int[count];
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts[i] = in.readUTF();
          case CONSTANT_CLASS, CONSTANT_STRING, 16, 19, 20 -> {
            int text = in.readUnsignedShort();
            wanted[i] = tag == kind ? text : 0;
          }
          case 15 -> {
            in.readUnsignedByte();
            in.readUnsignedShort();
          }
          case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
          case 5, 6 -> {
            in.readLong();
            i++;
          }
          default -> throw new IOException(name + " has a constant of an unknown kind");
        }
      }
      Set<String> found = new TreeSet<>();
      for (int index : wanted) {
        if (index != 0) {
          found.add(texts[index]);
        }
      }
      return found;
    }
  }
}
