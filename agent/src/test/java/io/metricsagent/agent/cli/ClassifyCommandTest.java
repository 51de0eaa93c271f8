package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTest {
  private static final String REQUEST =
      "{\"ts_ms\": 5, \"kind\": \"trace\", \"type\": \"gateway_receive_stream_request\","
          + " \"stream_id\": \"s\", \"request_id\": \"r\", \"model\": \"m\\u001b[2J\"}\n";

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private String input(String text) throws Exception {
    return Files.writeString(folder.resolve("signals.jsonl"), text).toString();
  }

  @Test
  void printsOneObjectASessionWithTheFieldsInOrder() throws Exception {
    assertThat(shell.run("classify", "--input", input(REQUEST))).isZero();
    assertThat(shell.out())
        .isEqualTo(
            "{\"session_key\": \"s|r\", \"session_start_ms\": 5, \"known_stream\": true,"
                + " \"startup_success\": false, \"startup_excused\": false,"
                + " \"startup_unexcused\": true, \"class\": \"unexcused\", \"error_count\": 0,"
                + " \"excusable_error_count\": 0, \"confirmed_swap_count\": 0,"
                + " \"inferred_change_count\": 0, \"swapped\": false,"
                + " \"prompt_to_first_frame_ms\": null, \"startup_time_ms\": null,"
                + " \"e2e_latency_ms\": null, \"model\": \"m\\u001b[2J\"}\n");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void tellsTheNumbersOfSkippedLines() throws Exception {
    assertThat(shell.run("classify", "--input", input("x\n" + REQUEST + "{\"ts_ms\"\n"))).isZero();
    assertThat(shell.out().lines()).hasSize(1);
    assertThat(shell.err()).contains("skipped 2 lines that hold no signal: 1, 3");
  }

  @Test
  void theRollupsReplaceAFileAsAWhole() throws Exception {
    Path rollups = folder.resolve("new/rollups.jsonl");
    for (String worker : List.of("w1", "w2")) {
      int code =
          shell.run(
              "classify",
              "--input",
              input(REQUEST),
              "--rollups",
              rollups.toString(),
              "--worker",
              worker);
      assertThat(code).as(shell.err()).isZero();
      assertThat(Files.readAllLines(rollups))
          .singleElement()
          .asString()
          .contains("\"worker\": \"" + worker + "\"", "\"hour\": \"1970-01-01T00:00:00Z\"");
    }
    try (Stream<Path> files = Files.list(rollups.getParent())) {
      assertThat(files).containsExactly(rollups);
    }
  }

  @Test
  void wrongUsageAndMissingFilesAreTold() {
    assertThat(shell.run("classify")).isEqualTo(2);
    assertThat(shell.err()).contains("--input");
    assertThat(shell.run("classify", "--input", folder.toString())).isEqualTo(2);
    assertThat(shell.err()).contains(folder.toString());
    assertThat(shell.run("classify", "--input", folder.resolve("x").toString())).isEqualTo(2);
  }

  @Test
  void rollupsThatCannotBeWrittenAreAFailure() throws Exception {
    int code = shell.run("classify", "--input", input(REQUEST), "--rollups", folder.toString());
    assertThat(code).isEqualTo(1);
    assertThat(shell.err()).contains("cannot be written");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void theHelpHasAnExample() {
    assertThat(shell.run("classify", "--help")).isZero();
    assertThat(shell.out()).contains("Example", "classify --input signals.jsonl --rollups");
  }
}
