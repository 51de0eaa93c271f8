package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command replaces a file that it reads. */
class OutputsTest {
  private final Shell shell = new Shell();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "analyze FILE -o OUTPUT",
        "import-logs FILE -o OUTPUT",
        "classify --input FILE --rollups OUTPUT",
        "wasr --input FILE --output OUTPUT",
        "merge FILE -o OUTPUT",
      })
  void anInputIsNotReplaced(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("input.json"), "{\"sessions\": []}\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    for (Path output : new Path[] {file, link, folder.resolve("./input.json")}) {
      String[] words =
          command.replace("FILE", file.toString()).replace("OUTPUT", output.toString()).split(" ");

      assertThat(shell.run(words)).as(shell.err()).isEqualTo(2);
      assertThat(shell.err()).startsWith(output + ": the command reads this file, which would be");
      assertThat(file).hasContent("{\"sessions\": []}");
    }
  }

  /** A report that is in the folder of the sessions is replaced by the next one. */
  @Test
  void aFileOfAFolderIsReplacedIfItIsTheOutput() throws IOException {
    Files.writeString(folder.resolve("a.json"), "{\"sessions\": []}");
    String report = folder.resolve("report.json").toString();

    assertThat(shell.run("analyze", folder.toString(), "-o", report)).isZero();
    assertThat(shell.run("analyze", folder.toString(), "-o", report)).as(shell.err()).isZero();
  }
}
