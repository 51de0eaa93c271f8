package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {
  private final Shell shell = new Shell();
  @TempDir private Path folder;
  private String a;
  private String b;

  @BeforeEach
  void write() throws Exception {
    a = Files.writeString(folder.resolve("a.json"), "a").toString();
    b = Files.writeString(folder.resolve("b.json"), "b").toString();
  }

  @Test
  void theSumIsPrinted() {
    assertThat(shell.run("merge", a, b)).isZero();
    assertThat(shell.out()).isEqualTo("2 files\n");
  }

  @Test
  void theSumIsWrittenToAFile() throws Exception {
    Path out = folder.resolve("sum.json");
    assertThat(shell.run("merge", a, b, "-o", out.toString())).isZero();
    assertThat(Files.readString(out)).isEqualTo("2 files\n");
    assertThat(shell.out().strip()).isEqualTo(out.toString());
  }

  @Test
  void aFileThatIsMissingOrGivenTwiceIsNamed() {
    assertThat(shell.run("merge", a, a + "x")).isEqualTo(2);
    assertThat(shell.err().strip())
        .isEqualTo(a + "x: no such file; give snapshot files or folders");
    assertThat(shell.run("merge", a, b, a)).isEqualTo(2);
    assertThat(shell.err()).contains(a + ": the file is named twice; name it once");
  }

  private String snapshot(String name, String worker, int start, int minute) throws IOException {
    String text =
        """
        {"schema_version": 1, "captured_at": "2024-01-15T10:%02d:00Z",
         "started_at": "2024-01-15T10:%02d:00Z", "worker_id": "%s", "tools": []}
        """;
    return Files.writeString(folder.resolve(name), text.formatted(minute, start, worker))
        .toString();
  }

  @Test
  void ofOneProcessTheLastSnapshotCounts() throws Exception {
    String first = snapshot("1.json", "w", 0, 1);
    String last = snapshot("2.json", "w", 0, 9);
    String middle = snapshot("3.json", "w", 0, 5);
    String otherRun = snapshot("4.json", "w", 10, 11);
    String otherWorker = snapshot("5.json", "v", 0, 1);
    assertThat(shell.run("merge", first, last, middle, otherRun, otherWorker)).isZero();
    assertThat(shell.merged).containsExactly(last, otherRun, otherWorker);
    assertThat(shell.err())
        .contains("added 3 of 5 snapshots: the last one of each process")
        .hasLineCount(1);
  }

  @Test
  void aFolderIsAllItsSnapshots() throws Exception {
    Path agent = Files.createDirectories(folder.resolve("agent/debug/metrics"));
    snapshot("agent/debug/metrics/2024-01-15T10:01:00Z_w.json", "w", 0, 1);
    String last = snapshot("agent/debug/metrics/2024-01-15T10:02:00Z_w.json", "w", 0, 2);
    String other = snapshot("agent/debug/metrics/2024-01-15T10:01:00Z_v.json", "v", 0, 1);
    Files.writeString(agent.resolve("notes.json"), "{}");
    for (Path given : List.of(folder.resolve("agent"), agent)) {
      assertThat(shell.run("merge", given.toString(), last)).isZero();
      assertThat(shell.merged).containsExactlyInAnyOrder(last, other);
    }
    assertThat(shell.run("merge", Files.createDirectory(folder.resolve("x")).toString()))
        .isEqualTo(2);
    assertThat(shell.err()).contains("no snapshot in it");
  }

  @Test
  void aSnapshotInAFolderIsNotReplaced() throws Exception {
    Path agent = Files.createDirectories(folder.resolve("agent/debug/metrics"));
    String one = snapshot("agent/debug/metrics/2024-01-15T10:01:00Z_w.json", "w", 0, 1);
    String before = Files.readString(Path.of(one));

    assertThat(shell.run("merge", agent.toString(), "-o", one)).isEqualTo(2);
    assertThat(shell.err()).contains(one + ": the command reads this file, which would be lost");
    assertThat(Path.of(one)).hasContent(before);
  }

  @Test
  void whyTheSumCannotBeWrittenIsTold() throws Exception {
    assertThat(shell.run("merge", a, b, "-o", a + "/x")).isEqualTo(1);
    assertThat(shell.err()).startsWith(a + ": the folder cannot be made: ");
    assertThat(shell.run("merge", a, b, "-o", folder.toString())).isEqualTo(1);
    assertThat(shell.err().strip())
        .isEqualTo(folder + ": cannot be written: it is a folder; give a file");
  }

  @Test
  void aPipeIsAsGoodAsAFile() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() == 0,
        "there is no mkfifo");
    Process writer = new ProcessBuilder("sh", "-c", "exec echo c > " + pipe).inheritIO().start();
    try {
      assertThat(shell.run("merge", a, pipe.toString())).as(shell.err()).isZero();
      assertThat(shell.merged).containsExactly(a, pipe.toString());
    } finally {
      writer.destroyForcibly();
    }
  }
}
