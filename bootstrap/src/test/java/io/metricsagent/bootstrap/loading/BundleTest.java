package io.metricsagent.bootstrap.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final String SAMPLE = "io/metricsagent/bootstrap/loading/BundleTest$Sample.class";
  private static final String DERIVED =
      "io/metricsagent/bootstrap/loading/BundleTest$Derived.class";

  private static final List<String> initialised = new ArrayList<>();

  @TempDir private Path folder;

  /** A class whose initialisation shows. */
  static class Sample {
    static {
      initialised.add("Sample");
    }
  }

  /** A class that needs another one. */
  static final class Derived extends Sample {}

  @BeforeEach
  void forget() {
    initialised.clear();
  }

  @Test
  void linksTheClassesOfTheFoldersAndInitialisesNone() throws IOException {
    Bundle bundle =
        bundle(
            Map.of(
                SAMPLE,
                classFile(SAMPLE),
                DERIVED,
                classFile(DERIVED),
                "other/Thing.class",
                classFile(SAMPLE),
                "io/metricsagent/bootstrap/notes.txt",
                new byte[0]));
    Loader loader = new Loader(bundle);

    int linked = bundle.linkClasses(loader, List.of("io.metricsagent.bootstrap.", "nowhere."));

    assertThat(linked).isEqualTo(2);
    assertThat(loader.defined).containsExactlyInAnyOrder(SAMPLE, DERIVED);
    assertThat(initialised).isEmpty();
  }

  @Test
  void leavesOutAClassThatCannotBeLinked() throws IOException {
    Bundle bundle =
        bundle(
            Map.of(SAMPLE, classFile(SAMPLE), DERIVED, new byte[] {1}, "a/B.class", new byte[0]));
    Loader loader = new Loader(bundle);

    int linked = bundle.linkClasses(loader, List.of(""));

    assertThat(linked).isEqualTo(1);
    assertThat(loader.defined).containsExactly(SAMPLE);
  }

  @Test
  void readsFilesByTheirNames() throws IOException {
    Bundle bundle = bundle(Map.of("Aa", new byte[] {1}, "BB", new byte[] {2}));

    assertThat("Aa").as("two names of one hash code").hasSameHashCodeAs("BB");
    assertThat(bundle.read("Aa")).containsExactly(1);
    assertThat(bundle.read("BB")).containsExactly(2);
    assertThat(bundle.read("C")).isNull();
    assertThat(bundle.contains("C")).isFalse();
  }

  @Test
  void readsAFileThatIsDeflated() throws IOException {
    byte[] text = "the same word, the same word, the same word".getBytes(StandardCharsets.UTF_8);

    assertThat(deflate(text)).hasSizeLessThan(text.length);
    assertThat(bundle(Map.of("words.txt", text)).read("words.txt")).isEqualTo(text);
  }

  /** Loads from the bundle alone what is in it. */
  private static final class Loader extends ClassLoader {
    private final Bundle bundle;
    private final List<String> defined = new ArrayList<>();

    Loader(Bundle bundle) {
      super(ClassLoader.getPlatformClassLoader());
      this.bundle = bundle;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      assertThat(Bundle.nameOf(file)).isEqualTo(name);
      try {
        byte[] bytes = bundle.read(file);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        Class<?> type = defineClass(name, bytes, 0, bytes.length);
        defined.add(file);
        return type;
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static byte[] classFile(String file) throws IOException {
    try (InputStream in = BundleTest.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static byte[] deflate(byte[] bytes) throws IOException {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(bytes);
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }

  /**
   * Writes a jar with one bundle, in the format that the class's comment describes. Texts that get
   * shorter are deflated.
   */
  private Bundle bundle(Map<String, byte[]> files) throws IOException {
    List<String> names = new ArrayList<>(files.keySet());
    names.sort(Comparator.comparingInt(file -> Bundle.nameOf(file).hashCode()));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    DataOutputStream table = new DataOutputStream(bundle);
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    table.writeInt(names.size());
    for (String file : names) {
      byte[] name = Bundle.nameOf(file).getBytes(StandardCharsets.UTF_8);
      int hash = Bundle.nameOf(file).hashCode();
      byte[] bytes = files.get(file);
      byte[] deflated = deflate(bytes);
      boolean shorter = file.endsWith(".txt") && deflated.length < bytes.length;
      byte[] stored = shorter ? deflated : bytes;
      for (int number :
          new int[] {hash, contents.size(), name.length, stored.length, bytes.length}) {
        table.writeInt(number);
      }
      contents.write(name);
      contents.write(stored);
    }
    contents.writeTo(bundle);
    Path jar = folder.resolve("some.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      CRC32 sum = new CRC32();
      sum.update(bundle.toByteArray());
      ZipEntry entry = new ZipEntry(Bundle.START);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bundle.size());
      entry.setCrc(sum.getValue());
      out.putNextEntry(entry);
      bundle.writeTo(out);
      out.closeEntry();
    }
    return Bundle.open(jar.toFile(), Bundle.START);
  }
}
