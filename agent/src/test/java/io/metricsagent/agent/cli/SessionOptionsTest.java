package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionOptionsTest {
  private final Shell shell = new Shell();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (String skill : new String[] {"deploy", "diagnose"}) {
      Files.writeString(
          folder.resolve(skill + ".json"),
          "{\"sessions\": [{\"session_id\": \"%s-1\", \"start_time\": \"2024-01-15T10:30:00\","
                  .formatted(skill)
              + " \"skill_name\": \"%s\"}]}".formatted(skill));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s", "--skill"})
  void aSkillLeavesOutTheOthersInEachCommand(String option) {
    String tasks = folder.resolve("tasks").toString();

    assertThat(shell.run("analyze", folder.toString(), option, "deploy")).isZero();
    assertThat(shell.out()).contains("Sessions analyzed: 1", "Skills invoked: deploy");
    assertThat(shell.run("to-evals", folder.toString(), option, "deploy", "-o", tasks)).isZero();
    assertThat(Path.of(tasks).toFile().list()).containsExactly("runtime-deploy-1.yaml");
  }

  @Test
  void withoutASkillAllCount() {
    assertThat(shell.run("analyze", folder.toString())).isZero();
    assertThat(shell.out()).contains("Sessions analyzed: 2");
  }

  /**
   * A name given twice, once for the folder and once for the result, must not cost the sessions.
   */
  @Test
  void aFileOfSessionsInAFolderIsNotReplaced() throws IOException {
    Path read = folder.resolve("deploy.json");
    String before = Files.readString(read);

    assertThat(shell.run("analyze", folder.toString(), "-o", read.toString())).isEqualTo(2);

    assertThat(shell.err().strip())
        .isEqualTo(
            read + ": the command reads this file, which would be lost; name another output");
    assertThat(shell.out()).isEmpty();
    assertThat(read).hasContent(before);
  }

  @Test
  void anEarlierAnalysisInAFolderIsReplaced() {
    String report = folder.resolve("report.json").toString();

    assertThat(shell.run("analyze", folder.toString(), "-o", report)).isZero();
    assertThat(shell.run("analyze", folder.toString(), "-o", report)).as(shell.err()).isZero();
    assertThat(shell.err().strip()).isEqualTo(report + ": holds no list of sessions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyze", "to-evals"})
  void aPathIsNeeded(String command) {
    assertThat(shell.run(command)).isEqualTo(2);
    assertThat(shell.err()).contains("PATH");
  }
}
