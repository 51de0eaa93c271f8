package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ServeCommandTest {
  private final Shell shell = new Shell();

  @Test
  void listensUntilItIsStopped() {
    Thread.currentThread().interrupt(); // as soon as it waits
    try {
      assertThat(shell.run("serve", "--port", "0")).isZero();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(shell.out())
        .matches("listening on http://\\S+:\\d+\\Rtoken for sessions: [0-9a-f]{32}\\R");
  }

  @Test
  void aTokenOfTheUsersIsNotPrinted() {
    shell.environment.put("METRICS_AGENT_SERVE_TOKEN", "my-own-token");
    Thread.currentThread().interrupt();
    try {
      assertThat(shell.run("serve", "--port", "0")).isZero();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(shell.out() + shell.err()).doesNotContain("token");
  }

  @Test
  void aMalformedPatternOfSecretsIsWrongUsage() {
    shell.properties.setProperty("metrics.agent.sessions.redact", "(");
    assertThat(shell.run("serve", "--port", "0")).isEqualTo(2);
    assertThat(shell.err()).contains("metrics.agent.sessions.redact");
  }

  @Test
  void aFolderOfRollupsThatIsNoneIsWrongUsage() {
    Thread.currentThread().interrupt(); // a server that starts does not stay
    try {
      assertThat(shell.run("serve", "--port", "0", "--rollups", "no-such-folder")).isEqualTo(2);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(shell.err().strip())
        .isEqualTo("--rollups=no-such-folder: no such folder; give a folder");
  }

  @Test
  void aPortThatIsTakenIsTold() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(shell.run("serve", "--port", port)).isEqualTo(1);
      assertThat(shell.err()).contains("--port=" + port, "another port");
    }
  }

  @Test
  void aPortThatIsNoneIsWrongUsage() {
    assertThat(shell.run("serve", "--port", "65536")).isEqualTo(2);
    assertThat(shell.run("serve", "--port", "x")).isEqualTo(2);
  }

  @Test
  void theHelpHasAnExample() {
    assertThat(shell.run("serve", "--help")).isZero();
    assertThat(shell.out())
        .contains("Example", "/sla/compliance?from=", "/telemetry/session/<id>/end");
  }
}
