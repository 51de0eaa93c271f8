package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsAgentCliTest {
  private final Shell shell = new Shell();

  @Test
  void withoutACommandSaysWhatThereIs() {
    assertThat(shell.run()).isZero();
    assertThat(shell.out())
        .startsWith("metrics-agent 1.2.3")
        .contains("Usage: metrics-agent", "config", "inspect", "replay", "-javaagent:");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void printsItsVersion() {
    assertThat(shell.run("--version")).isZero();
    assertThat(shell.out()).isEqualToIgnoringNewLines("metrics-agent 1.2.3");
    assertThat(shell.run("config", "--version")).isZero();
    assertThat(shell.out()).isEqualToIgnoringNewLines("metrics-agent 1.2.3");
  }

  @Test
  void printsHelpOfACommand() {
    assertThat(shell.run("replay", "--help")).isZero();
    assertThat(shell.out()).contains("Usage: metrics-agent replay", "{\"op\":\"tool\"");
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    assertThat(shell.run("inspekt")).isEqualTo(2);
    assertThat(shell.err()).contains("inspekt", "inspect");
  }
}
