package io.metricsagent.agent.rulefiles.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  private static final String QUEUE =
      "io/metricsagent/agent/rulefiles/check/samples/Queue";

  private static final String ADAPTER =
      "io/metricsagent/agent/rulefiles/check/samples/Adapter";

  @TempDir private Path folder;

  private static byte[] classFile(String name) throws IOException {
    return Files.readAllBytes(RuleCheckTest.classes().resolve(name + ".class"));
  }

  private static byte[] jar(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] jarOf(String name) throws IOException {
    return jar(Map.of(name + ".class", classFile(name)));
  }

  private static void assertHas(String part, String... names) throws IOException {
    try (ClassPath path = ClassPath.open(List.of(part))) {
      assertThat(path.names()).containsExactlyInAnyOrder(names);
      for (String name : names) {
        assertThat(path.find(name).name()).isEqualTo(name);
      }
    }
  }

  @Test
  void aFolderOfClasses() throws IOException {
    Path file = folder.resolve(QUEUE + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, classFile(QUEUE));
    Files.writeString(folder.resolve("application.properties"), "a=b");
    assertHas(folder.toString(), QUEUE);
  }

  @Test
  void aJarAndTheJarsOfAFolder() throws IOException {
    Files.write(folder.resolve("one.jar"), jarOf(QUEUE));
    Files.write(folder.resolve("two.jar"), jarOf(ADAPTER));
    Files.writeString(folder.resolve("readme.txt"), "no jar");
    assertHas(folder.resolve("one.jar").toString(), QUEUE);
    assertHas(folder + "/*", QUEUE, ADAPTER);
  }

  @Test
  void aJarOfSpringBoot() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("BOOT-INF/classes/" + QUEUE + ".class", classFile(QUEUE));
    entries.put("BOOT-INF/lib/library.jar", jarOf(ADAPTER));
    entries.put("META-INF/versions/21/" + ADAPTER + ".class", new byte[] {1});
    entries.put("BOOT-INF/classes/module-info.class", new byte[] {1});
    Path file = Files.write(folder.resolve("app.jar"), jar(entries));
    assertHas(file.toString(), QUEUE, ADAPTER);
  }

  @Test
  void aWar() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("WEB-INF/classes/" + QUEUE + ".class", classFile(QUEUE));
    entries.put("WEB-INF/lib/library.jar", jarOf(ADAPTER));
    entries.put("index.html", new byte[] {1});
    Path file = Files.write(folder.resolve("app.war"), jar(entries));
    assertHas(file.toString(), QUEUE, ADAPTER);
  }

  @Test
  void theFirstOfSeveralClassesCounts() throws IOException {
    Path broken =
        Files.write(
            folder.resolve("broken.jar"), jar(Map.of(QUEUE + ".class", new byte[] {1, 2})));
    Path right = Files.write(folder.resolve("right.jar"), jarOf(QUEUE));
    try (ClassPath path = ClassPath.open(List.of(right.toString(), broken.toString()))) {
      assertThat(path.find(QUEUE)).isNotNull();
    }
    try (ClassPath path = ClassPath.open(List.of(broken.toString(), right.toString()))) {
      assertThat(path.find(QUEUE)).isNull();
    }
  }

  @Test
  void theJdkIsThereToo() throws IOException {
    try (ClassPath path = ClassPath.open(List.of())) {
      assertThat(path.names()).isEmpty();
      assertThat(path.find("java/util/List").interfaces()).contains("java/util/Collection");
      assertThat(path.find("com/acme/Missing")).isNull();
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "text");
    assertThatThrownBy(() -> ClassPath.open(List.of("missing.jar")))
        .hasMessage("missing.jar: no such file; give jars, folders, or folder/* for its jars");
    assertThatThrownBy(() -> ClassPath.open(List.of(text.toString())))
        .hasMessageStartingWith(text + ": cannot be read as a jar: ");
  }

  @Test
  void copiesOfInnerJarsAreDeleted() throws IOException {
    Path file =
        Files.write(
            folder.resolve("app.jar"), jar(Map.of("BOOT-INF/lib/library.jar", jarOf(ADAPTER))));
    ClassPath path = ClassPath.open(List.of(file.toString()));
    assertThat(path.copies()).hasSize(1).allSatisfy(copy -> assertThat(copy).exists());
    path.close();
    assertThat(path.copies()).allSatisfy(copy -> assertThat(copy).doesNotExist());
  }
}
