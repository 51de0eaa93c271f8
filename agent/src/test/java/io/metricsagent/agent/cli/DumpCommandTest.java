package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With an agent in the other JVM, the integration tests try it. */
class DumpCommandTest {
  private final Shell shell = new Shell();

  @Test
  void aProcessThatIsNoneIsNamed() {
    assertThat(shell.run("dump", "999999999")).isEqualTo(1);
    assertThat(shell.err())
        .contains("cannot attach to process 999999999")
        .contains("is it a JVM of the same user?");
    assertThat(shell.run("dump", "x")).isEqualTo(2);
  }

  @Test
  void aJvmWithoutAnAgentGetsNone() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(
                        DumpCommandTest.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString(),
                Waiting.class.getName())
            .start();
    try {
      // Before it runs, the signal of an attachment would end it.
      assertThat(jvm.getInputStream().read()).isEqualTo('r');
      assertThat(shell.run("dump", Long.toString(jvm.pid()))).isEqualTo(1);
      assertThat(shell.err().strip()).isEqualTo("no agent runs in process " + jvm.pid());
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** A JVM that runs until its input ends. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws IOException {
      System.out.println("ready");
      System.in.read();
    }
  }
}
