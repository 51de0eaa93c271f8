package io.metricsagent.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class TaskFolderTest {
  @TempDir private Path folder;

  private static Session session(String id, String prompt) {
    return new Session(
        id,
        Instant.EPOCH,
        null,
        null,
        prompt,
        "",
        List.of(),
        List.of(),
        true,
        null,
        JsonNodeFactory.instance.objectNode());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void idsCannotLeadOutOfTheFolder() throws IOException {
    TaskFolder tasks = new TaskFolder(folder.resolve("tasks"), true);
    for (String id :
        List.of(
            "../../evil",
            "/../../evil",
            "a/b",
            "..\\evil",
            "..",
            "",
            "a\u0000b",
            "a\nb",
            "C:evil",
            "a:stream",
            "-rf",
            "~/evil",
            "$(touch evil)",
            "\u202egnp.exe",
            "é".repeat(400))) {
      tasks.add(session(id, "p"));
    }
    assertThat(tasks.written()).isEqualTo(15);
    assertThat(files())
        .hasSize(15)
        .allMatch(f -> f.matches("tasks/runtime-[A-Za-z0-9._-]*\\.yaml"));
  }

  @Property(tries = 300)
  void aNameIsSafeWhateverTheId(@ForAll String id) {
    assertThat(TaskFolder.fileName(id)).matches("[A-Za-z0-9._-]{0,140}").doesNotContain("..");
  }

  @Test
  void differentIdsHaveDifferentFilesAlsoWhereCaseDoesNotCount() throws IOException {
    TaskFolder tasks = new TaskFolder(folder, false);
    for (String id : List.of("a/b", "a_b", "a:b", "same", "same", "SAME")) {
      tasks.add(session(id, id));
    }
    assertThat(tasks.written()).isEqualTo(6);
    assertThat(files().stream().map(f -> f.toLowerCase(java.util.Locale.ROOT)).distinct())
        .hasSize(6)
        .contains("runtime-same.yaml", "runtime-same-2.yaml", "runtime-same-3.yaml");
  }

  @Test
  void aTaskThatExistsIsKeptUnlessItMayBeOverwritten() throws IOException {
    Path task = folder.resolve("runtime-a.yaml");
    Files.writeString(task, "expected: mine");
    TaskFolder careful = new TaskFolder(folder, false);
    careful.add(session("a", "p"));
    assertThat(careful.kept()).isEqualTo(1);
    assertThat(careful.written()).isZero();
    assertThat(task).hasContent("expected: mine");

    TaskFolder bold = new TaskFolder(folder, true);
    bold.add(session("a", "p"));
    assertThat(bold.written()).isEqualTo(1);
    assertThat(Files.readString(task)).contains("runtime-a");
    assertThat(files()).containsExactly("runtime-a.yaml");
  }

  @Test
  void aLinkIsNeverFollowed() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    Path outside = Files.writeString(folder.resolve("outside"), "untouched");
    Path tasks = Files.createDirectory(folder.resolve("tasks"));
    Files.createSymbolicLink(tasks.resolve("runtime-a.yaml"), outside);
    new TaskFolder(tasks, false).add(session("a", "p"));
    new TaskFolder(tasks, true).add(session("a", "p"));
    assertThat(outside).hasContent("untouched");
  }
}
