package io.metricsagent.agent.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

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
    assertThat(shell.err()).contains("give a process id, such as 4711").doesNotContain("long");
  }

  @Test
  void aJvmWithoutAnAgentGetsNone() throws Exception {
    Process jvm = waiting();
    try {
      assertThat(shell.run("dump", Long.toString(jvm.pid()))).isEqualTo(1);
      assertThat(shell.err().strip())
          .isEqualTo(
              "no agent runs in process "
                  + jvm.pid()
                  + "; start it with -javaagent:metrics-agent.jar");
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  @Timeout(value = 2, unit = MINUTES)
  void aJvmThatIsStoppedIsNotWaitedForWithoutEnd() throws Exception {
    Process jvm = waiting();
    try {
      // From the first attachment on the JVM listens, and nothing limits a second one.
      assertThat(shell.run("dump", Long.toString(jvm.pid()))).isEqualTo(1);
      assumeTrue(
          new ProcessBuilder("kill", "-STOP", Long.toString(jvm.pid())).start().waitFor() == 0,
          "there is no signal to stop a process");
      DumpCommand dump = new DumpCommand(Duration.ofSeconds(1));
      new CommandLine(dump).parseArgs(Long.toString(jvm.pid()));
      assertThatThrownBy(dump::call)
          .isInstanceOf(CliException.class)
          .hasMessageContaining("process " + jvm.pid() + " does not answer within 1 s")
          .hasMessageContaining("kill -CONT");
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static Process waiting() throws Exception {
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
    // Before it runs, the signal of an attachment would end it.
    assertThat(jvm.getInputStream().read()).isEqualTo('r');
    return jvm;
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
