package io.metricsagent.bootstrap.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentClassLoaderTest {
  /** Its module is defined to the platform loader, which the bootstrap loader knows nothing of. */
  private static final String OF_THE_PLATFORM_LOADER = "java.sql.Driver";

  private static final byte[] NO_FILES = new byte[Integer.BYTES];
  private static final int THREADS = 4;
  private static final int ROUNDS = 200;

  @TempDir private Path folder;
  private AgentClassLoader loader;

  @BeforeEach
  void makeAJarWithoutClasses() throws IOException {
    Path jar = folder.resolve("agent.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      store(out, Bundle.START, NO_FILES);
      store(out, Bundle.REST, NO_FILES);
    }
    loader = new AgentClassLoader(jar.toFile(), getClass().getClassLoader());
  }

  private static void store(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  @Test
  void findsClassesOfTheJdkInBothOfItsLoaders() throws ClassNotFoundException {
    assertThat(loader.loadClass("java.lang.String")).isEqualTo(String.class);
    assertThat(loader.loadClass(OF_THE_PLATFORM_LOADER).getClassLoader())
        .isNotNull()
        .isEqualTo(ClassLoader.getPlatformClassLoader());
  }

  @Test
  void sharesTheClassesOfTheLauncher() throws ClassNotFoundException {
    assertThat(loader.loadClass(Bundle.class.getName())).isEqualTo(Bundle.class);
  }

  @Test
  void findsNoClassOfTheApplicationAndNoneThatTheJdkLacks() {
    for (String name : new String[] {Test.class.getName(), "java.lang.NoSuchClass"}) {
      assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
    }
  }

  /** A bundle with one class, in the format that {@link Bundle} describes. */
  private static byte[] bundle(Class<?> type) throws IOException {
    byte[] name = type.getName().getBytes(StandardCharsets.UTF_8);
    String path = type.getName().replace('.', '/') + ".class";
    byte[] file;
    try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
      file = in.readAllBytes();
    }
    ByteBuffer bundle =
        ByteBuffer.allocate((1 + Bundle.COLUMNS) * Integer.BYTES + name.length + file.length);
    bundle.putInt(1).putInt(type.getName().hashCode()).putInt(0);
    bundle.putInt(name.length).putInt(file.length).putInt(file.length).put(name).put(file);
    return bundle.array();
  }

  @Test
  void threadsThatLoadAClassAtTheSameTimeGetTheSameClass() throws Exception {
    Path jar = folder.resolve("one-class.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      store(out, Bundle.START, bundle(Test.class));
      store(out, Bundle.REST, NO_FILES);
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (int i = 0; i < ROUNDS; i++) {
        AgentClassLoader shared = new AgentClassLoader(jar.toFile(), getClass().getClassLoader());
        CyclicBarrier together = new CyclicBarrier(THREADS);
        Callable<Class<?>> load =
            () -> {
              together.await();
              return shared.loadClass(Test.class.getName());
            };
        Set<Class<?>> loaded = new HashSet<>();
        for (Future<Class<?>> each : pool.invokeAll(Collections.nCopies(THREADS, load))) {
          loaded.add(each.get());
        }
        assertThat(loaded).hasSize(1).doesNotContain(Test.class);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
