package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(shell.err().strip()).isEqualTo(a + "x: no such file; give snapshot files");
    assertThat(shell.run("merge", a, b, a)).isEqualTo(2);
    assertThat(shell.err()).contains(a + ": given twice");
  }
}
