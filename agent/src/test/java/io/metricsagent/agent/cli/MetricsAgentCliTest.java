package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.config.AgentConfig;
import io.metricsagent.bootstrap.sink.MetricsSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsAgentCliTest {
  private final Shell shell = new Shell();

  @Test
  void withoutACommandSaysWhatThereIs() {
    assertThat(shell.run()).isZero();
    assertThat(shell.out())
        .startsWith("metrics-agent 1.2.3")
        .contains("Usage: metrics-agent", "config", "inspect", "replay", "wasr", "-javaagent:");
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
    assertThat(shell.err().strip()).isEqualTo("inspekt: no such command; did you mean inspect?");
    assertThat(shell.run("bogus")).isEqualTo(2);
    assertThat(shell.err().strip()).isEqualTo("bogus: no such command; --help lists the commands");
  }

  /** As {@code > /dev/full} does, and a disk that fills up. */
  @Test
  void anOutputThatCannotBeWrittenIsAFailure() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    int code =
        MetricsAgentCli.run(
            new String[] {"config"},
            wiring(config -> List.of()),
            new PrintWriter(full),
            new PrintWriter(err));
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).startsWith("standard output cannot be written").hasLineCount(1);
  }

  @Test
  void aCommandOutOfMemorySaysWhatToDo(@TempDir Path folder) throws IOException {
    Path calls = Files.writeString(folder.resolve("calls.jsonl"), "");
    StringWriter err = new StringWriter();
    int code =
        MetricsAgentCli.run(
            new String[] {"replay", calls.toString()},
            wiring(
                config -> {
                  throw new OutOfMemoryError("Java heap space");
                }),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("out of memory (Java heap space); give the command more, as in java -Xmx")
        .hasLineCount(1);
  }

  private static Wiring wiring(Function<AgentConfig, List<MetricsSink>> sinks) {
    return new Wiring(
        "1.2.3",
        sinks,
        (snapshot, out) -> {},
        files -> new byte[0],
        new Properties(),
        Map.of(),
        () -> false,
        pause -> {});
  }
}
