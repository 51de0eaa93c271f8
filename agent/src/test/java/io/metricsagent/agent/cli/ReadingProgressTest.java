package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that read large files show on a terminal how far they are, and nothing elsewhere. */
class ReadingProgressTest {
  private final Shell shell = new Shell();
  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    shell.properties.setProperty("metrics.agent.dir", folder.resolve("agent").toString());
  }

  private void run(Reader reader) throws IOException {
    String blanks = "\n".repeat((int) ReadProgress.QUIET + (2 << 20));
    Path file =
        Files.writeString(
            folder.resolve("file.json"), blanks + reader.format().file("a", "1") + blanks);
    String[] command = reader.command(file, folder.resolve("out"));
    assertThat(shell.run(command)).as(shell.err()).isZero();
    assertThat(shell.err()).doesNotContain("\r");
  }

  /** Snapshots are small, and are read as a whole. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INSPECT", "MERGE"})
  void aTerminalShowsItAndTheLineIsRemovedInTheEnd(Reader reader) throws IOException {
    shell.terminal = true;
    run(reader);
    assertThat(shell.out()).contains("\rreading: ").containsPattern("\r +\r");
    assertThat(shell.out().substring(shell.out().lastIndexOf('\r'))).doesNotContain("reading: ");
  }

  @ParameterizedTest
  @EnumSource
  void aPipeGetsTheResultOnly(Reader reader) throws IOException {
    run(reader);
    assertThat(shell.out()).doesNotContain("\r", "reading: ");
  }
}
