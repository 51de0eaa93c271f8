package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of calls as people and scripts write them, with mistakes. */
class CallFileTest {
  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private Path calls(String text) throws IOException {
    return Files.writeString(folder.resolve("calls.jsonl"), text);
  }

  private MetricsSnapshot play(String text) throws IOException {
    assertThat(shell.run("replay", calls(text).toString())).as(shell.err()).isZero();
    return shell.exported.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|input_tokens is true, not a whole number from 0; it is treated as unknown",
        "-1|input_tokens is -1, not a whole number from 0; it is treated as unknown",
        "'\"12\"'|input_tokens is \"12\", not a whole number from 0; it is treated as unknown",
        "1.5|input_tokens is 1.5, not a whole number from 0; it is treated as unknown",
        "1e30|input_tokens is 1.0E30, not a whole number from 0; it is treated as unknown",
      })
  void unusableTokensAreNotKnown(String tokens, String message) throws Exception {
    MetricsSnapshot snapshot =
        play(
            "{\"op\":\"adapter\",\"adapter\":\"a\",\"call_ms\":1,"
                + "\"usage\":{\"input_tokens\":"
                + tokens
                + ",\"output_tokens\":4}}");

    assertThat(snapshot.adapters().get(0).inputTokens().isEmpty()).isTrue();
    assertThat(snapshot.adapters().get(0).outputTokenCount()).isEqualTo(4);
    assertThat(shell.err())
        .isEqualToIgnoringNewLines(folder.resolve("calls.jsonl") + ":1: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"op\":\"tool\"|:2:13: Unexpected end-of-input: expected close marker for Object",
        "{\"op\":\"ack\",\"queue\":\"q\"} x|:2:26: Unrecognized token 'x'",
        "{\"op\":\"ack\",\"op\":\"ack\"}|:2:",
        "17|:2: the line is not a JSON object",
        "{}|:2: the field op is missing",
        "{\"op\":\"acked\",\"queue\":\"q\"}|:2: unknown op \"acked\"; write one of adapter, tool,",
        "{\"op\":\"ack\"}|:2: the field queue is missing",
        "{\"op\":\"ack\",\"queue\":7}|:2: queue is 7, not text",
        "{\"op\":\"depth\",\"queue\":\"q\",\"depth\":-1}|:2: depth is -1, not a whole",
        "{\"op\":\"tool\",\"tool\":\"t\",\"success\":true}|:2: the field latency_ms has no value",
        "{\"op\":\"tool\",\"tool\":\"t\",\"latency_ms\":1}|:2: the field success has no value",
        "{\"op\":\"tool\",\"tool\":\"t\",\"latency_ms\":-1,\"success\":true}|:2: latency_ms is -1",
        "{\"op\":\"adapter\",\"adapter\":\"a\"}|:2: no duration is known; write at least one of",
        "{\"op\":\"adapter\",\"adapter\":null,\"call_ms\":1}|:2: the field adapter is missing",
      })
  void aBrokenLineIsReportedAndTheRestIsPlayed(String line, String message) throws Exception {
    String good = "{\"op\":\"ack\",\"queue\":\"q\"}\n";
    Path file = calls(good + line + "\n" + good);

    assertThat(shell.run("replay", file.toString())).isEqualTo(1);

    assertThat(shell.err())
        .startsWith(file + message)
        .doesNotContain("Source")
        .endsWith("1 of 3 calls could not be played" + System.lineSeparator());
    assertThat(shell.exported.get(0).mailboxes().get(0).acked()).isEqualTo(2);
    assertThat(shell.exported.get(0).tools()).isEmpty();
    assertThat(shell.exported.get(0).adapters()).isEmpty();
    assertThat(shell.out()).startsWith("played 2 calls: 2 ack;");
  }

  @Test
  void aMisspeltFieldIsNamedOnce() throws Exception {
    String line = "{\"op\":\"ack\",\"queue\":\"q\",\"sytem\":\"kafka\"}\n";
    play(line + line);

    assertThat(shell.err())
        .isEqualToIgnoringNewLines(
            folder.resolve("calls.jsonl")
                + ":1: the field sytem of ack is unknown; it is ignored from here on");
  }

  @Test
  void blankLinesWindowsLinesAndAByteOrderMarkAreFine() throws Exception {
    play("\uFEFF\r\n{\"op\":\"ack\",\"queue\":\"q\"}\r\n\r\n{\"op\":\"ack\",\"queue\":\"q\"}");

    assertThat(shell.out()).startsWith("played 2 calls");
  }

  @Test
  void readsAnArray() throws Exception {
    play(
        """

        [
          {"op":"ack","queue":"q"},
          {"op":"nack",
           "queue":"q"}
        ]
        """);

    assertThat(shell.out()).startsWith("played 2 calls: 1 ack, 1 nack");
  }

  @Test
  void anArrayIsPlayedUpToItsSyntaxError() throws Exception {
    Path file =
        calls(
            """
            [
              {"op":"ack","queue":"q"},
              {"op":"ack"},
              {"op":"ack","queue":"q"}
              {"op":"ack","queue":"q"}
            ]
            """);

    assertThat(shell.run("replay", file.toString())).isEqualTo(1);

    assertThat(shell.out()).startsWith("played 2 calls");
    assertThat(shell.err().lines())
        .hasSize(3)
        .element(0)
        .isEqualTo(file + ":3: the field queue is missing");
    assertThat(shell.err()).contains(file + ":5:", "2 of 4 calls could not be played");
  }
}
