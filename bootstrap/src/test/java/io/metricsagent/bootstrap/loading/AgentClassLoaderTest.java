package io.metricsagent.bootstrap.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @TempDir private Path folder;
  private AgentClassLoader loader;

  @BeforeEach
  void makeAJarWithoutClasses() throws IOException {
    Path jar = folder.resolve("agent.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      store(out, Bundle.START);
      store(out, Bundle.REST);
    }
    loader = new AgentClassLoader(jar.toFile(), getClass().getClassLoader());
  }

  private static void store(ZipOutputStream out, String name) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(NO_FILES);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(NO_FILES.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(NO_FILES);
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
}
