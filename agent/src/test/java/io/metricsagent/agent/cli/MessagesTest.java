package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the commands say about files that they cannot use: what, where, and what to give instead.
 */
class MessagesTest {
  private static final String SESSION =
      "{\"sessions\": [{\"session_id\": \"a\", \"start_time\": \"2024-01-15T10:00:00\"}]}";

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private String error(int code, String... command) {
    assertThat(shell.run(command)).as(shell.err()).isEqualTo(code);
    return shell.err().strip();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("x.json"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classify --input", "collect wandb --input", "replay"})
  void aFolderInPlaceOfAFileIsCalledAFolder(String command) {
    String[] words = (command + " " + folder).split(" ");
    assertThat(error(2, words)).startsWith(folder + ": it is a folder; give a ");
  }

  @Test
  void aLogThatDoesNotExistAsksForLogs() {
    Path none = folder.resolve("none.log");
    Path out = folder.resolve("out.json");
    assertThat(error(2, "import-logs", none.toString(), "-o", out.toString()))
        .isEqualTo(none + ": no such file; give the logs themselves");
  }

  @Test
  void whatIsNoFileOfSessionsIsToldWithoutTheTokensOfTheParser() throws IOException {
    Path file = file("hello");
    assertThat(error(1, "analyze", file.toString()))
        .startsWith("Analysis failed: " + file + ": line 1, column ")
        .endsWith(": not a file of sessions: Unrecognized token 'hello'");
  }

  @Test
  void aFileOfSessionsThatIsCutOffIsTorn() throws IOException {
    Path file = file(SESSION.substring(0, 30));
    assertThat(error(1, "analyze", file.toString()))
        .isEqualTo("Analysis failed: " + file + ": torn: its JSON ends at line 1");
  }

  @Test
  void aSnapshotThatIsCutOffIsTornAndOtherTextIsNotJson() throws IOException {
    Path file = file("{\n\"schema_version\": 1,\n\"adapters\": [");
    assertThat(error(1, "inspect", file.toString()))
        .isEqualTo(file + ": torn: its JSON ends at line 3");
    Path other = file("hello");
    assertThat(error(1, "inspect", other.toString()))
        .isEqualTo(other + ":1:1: not JSON: Unrecognized token 'hello'");
  }

  @Test
  void standardInputHasAName() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(error(1, "inspect", "-"))
          .isEqualTo("standard input: not a snapshot: it has no schema_version");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBeOne() {
    Path unreadable = Path.of("/proc/self/mem"); // also for root, whom permissions do not stop
    assumeTrue(Files.exists(unreadable));
    assertThat(error(1, "analyze", unreadable.toString()))
        .startsWith("Analysis failed: " + unreadable + ": cannot be read: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "analyze"})
  void anOutputInAFolderThatIsMissingIsWritten(String command) throws IOException {
    Path file = file(SESSION);
    Path out = folder.resolve("new").resolve("out.json");
    assertThat(shell.run(command, file.toString(), "-o", out.toString())).as(shell.err()).isZero();
    assertThat(out).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "analyze"})
  void anOutputThatIsAFolderAsksForAFile(String command) throws IOException {
    Path file = file(SESSION);
    assertThat(error(1, command, file.toString(), "-o", folder.toString()))
        .isEqualTo(folder + ": cannot be written: it is a folder; give a file");
  }

  @Test
  void oneThingIsNotWrittenAsMany() throws IOException {
    Path file = file(SESSION);
    Path tasks = folder.resolve("tasks");
    assertThat(shell.run("to-evals", file.toString(), "-o", tasks.toString())).isZero();
    assertThat(shell.out().strip()).isEqualTo("1 task written to " + tasks);
    shell.run("to-evals", file.toString(), "-o", tasks.toString());
    assertThat(shell.out().strip()).isEqualTo("0 tasks written to " + tasks);
    assertThat(shell.err()).startsWith("1 task exists already and was kept");
    Files.writeString(file, "{\"sessions\": [1, 2]}");
    shell.run("analyze", file.toString());
    assertThat(shell.err()).contains("skipped 2 sessions that cannot be read: ");
  }
}
