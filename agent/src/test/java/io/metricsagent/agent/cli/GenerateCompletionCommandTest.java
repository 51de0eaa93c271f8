package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCompletionCommandTest {
  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private static boolean isInstalled(String program) {
    return List.of("/bin", "/usr/bin", "/usr/local/bin").stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** Asks a shell what it offers after a line, by the function that the script registers. */
  private List<String> offered(String program, String... words) throws Exception {
    assertThat(shell.run("generate-completion", program)).isZero();
    Path script = Files.writeString(folder.resolve("completion"), shell.out());
    StringBuilder ask = new StringBuilder("source '" + script + "'\n");
    ask.append("COMP_WORDS=(metrics-agent");
    for (String word : words) {
      ask.append(" '").append(word).append('\'');
    }
    ask.append(")\nCOMP_CWORD=").append(words.length).append('\n');
    ask.append("COMP_LINE=\"${COMP_WORDS[*]}\"\nCOMP_POINT=${#COMP_LINE}\n");
    // Outside of a completion, the shell's own helper complains.
    ask.append("_complete_metrics-agent 2>/dev/null\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
    return run(program, ask.toString()).lines().map(String::trim).toList();
  }

  private String run(String program, String commands) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("commands"), commands);
    Process process =
        new ProcessBuilder(program, file.toString()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    assumeTrue(isInstalled("bash"));
    assertThat(offered("bash", "")).contains("collect", "inspect", "wasr", "generate-completion");
    assertThat(offered("bash", "wa")).containsExactly("wasr");
    assertThat(offered("bash", "collect", "")).contains("wandb");
    assertThat(offered("bash", "collect", "wandb", "--in")).containsExactly("--input");
    assertThat(offered("bash", "wasr", "--l")).containsExactly("--lookback-days");
  }

  @Test
  void zshLoadsTheScript() throws Exception {
    assumeTrue(isInstalled("zsh"));
    assertThat(shell.run("generate-completion", "zsh")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), shell.out());
    String out =
        run(
            "zsh",
            "autoload -U compinit && compinit -u -d '"
                + folder.resolve("dump")
                + "'\nsource '"
                + script
                + "'\nprint -l ${_comps[metrics-agent]}\n");
    assertThat(out).contains("metrics-agent");
  }

  @Test
  void theCommandCanHaveAnotherName() {
    assertThat(shell.run("generate-completion", "bash", "--name", "mag")).isZero();
    assertThat(shell.out()).contains("_complete_mag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x; rm -rf ~", "$(id)", "a b", "-x", ""})
  void aNameCannotBecomeACommand(String name) {
    assertThat(shell.run("generate-completion", "bash", "--name=" + name)).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void anUnknownShellIsAUsageError() {
    assertThat(shell.run("generate-completion", "fish")).isEqualTo(2);
    assertThat(shell.err()).contains("fish", "bash or zsh");
    assertThat(shell.run("generate-completion")).isEqualTo(2);
  }
}
