package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SlaCommandTest {
  private static final String KNOWN =
      "{\"ts_ms\": %d, \"kind\": \"trace\", \"type\": \"gateway_receive_stream_request\","
          + " \"stream_id\": \"%s\", \"model\": \"%s\", \"provider\": \"p\"}\n";

  private static final String GOOD =
      "{\"ts_ms\": %d, \"kind\": \"trace\", \"type\": \"gateway_receive_few_processed_segments\","
          + " \"stream_id\": \"%s\"}\n";

  /** 2024-01-15T00:00:00Z. */
  private static final long DAY = 1_705_276_800_000L;

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  /** Two workers: w1 has one success and one failure of model m, w2 a success of n a day later. */
  @BeforeEach
  void twoWorkers() throws Exception {
    worker(
        "w1",
        KNOWN.formatted(DAY, "a", "m")
            + GOOD.formatted(DAY + 200, "a")
            + KNOWN.formatted(DAY, "b", "m"));
    worker(
        "w2", KNOWN.formatted(DAY + 86_400_000, "c", "n") + GOOD.formatted(DAY + 86_400_500, "c"));
  }

  private void worker(String name, String signals) throws Exception {
    Path input = Files.writeString(folder.resolve(name + "-signals.jsonl"), signals);
    Path file = folder.resolve(name).resolve("rollups").resolve("2024-01-15_" + name + ".jsonl");
    int code =
        shell.run(
            "classify",
            "--input",
            input.toString(),
            "--rollups",
            file.toString(),
            "--worker",
            name);
    assertThat(code).as(shell.err()).isZero();
  }

  private JsonNode rows(String... options) {
    String[] args = new String[options.length + 4];
    args[0] = "sla";
    args[1] = folder.resolve("w1").toString();
    args[2] = folder.resolve("w2").resolve("rollups").toString();
    args[3] = "--json";
    System.arraycopy(options, 0, args, 4, options.length);
    assertThat(shell.run(args)).as(shell.err()).isZero();
    assertThat(shell.err()).isEmpty();
    return Json.MAPPER.readTree(shell.out()).get("rows");
  }

  @Test
  void addsUpTheWorkers() {
    JsonNode rows = rows();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("known_sessions").asInt()).isEqualTo(3);
    assertThat(rows.get(0).get("success_ratio").asDouble()).isEqualTo(1 - 1.0 / 3);
    assertThat(rows.get(0).get("p95_e2e_latency_ms").asDouble()).isEqualTo(500);
  }

  @Test
  void groupsByDimensionsInTheOrderGiven() {
    JsonNode rows = rows("--by", "worker, model");
    assertThat(rows.get(0).toString()).startsWith("{\"worker\":\"w1\",\"model\":\"m\"");
    assertThat(rows.get(0).get("success_ratio").asDouble()).isEqualTo(0.5);
    assertThat(rows.get(1).get("success_ratio").asDouble()).isEqualTo(1);
    assertThat(rows("--by", "adapter").get(0).get("adapter").asString()).isEqualTo("p");
  }

  @Test
  void countsOnlyTheHoursInTheRange() {
    assertThat(rows("--from", "2024-01-16").get(0).get("known_sessions").asInt()).isEqualTo(1);
    assertThat(rows("--to", "2024-01-16").get(0).get("known_sessions").asInt()).isEqualTo(2);
    JsonNode none = rows("--from", "2025-01-01").get(0);
    assertThat(none.get("known_sessions").asInt()).isZero();
    assertThat(none.get("sla_score").isNull()).isTrue();
    assertThat(rows("--from", "2025-01-01", "--by", "model")).isEmpty();
  }

  @Test
  void aFileThatIsNamedTwiceCountsOnce() {
    String w1 = folder.resolve("w1").toString();
    assertThat(shell.run("sla", w1, w1 + "/rollups", w1 + "/rollups/2024-01-15_w1.jsonl", "--json"))
        .isZero();
    assertThat(shell.out()).contains("\"known_sessions\": 2,");
  }

  @Test
  void theTableSaysNoDataWhereThereIsNoEvidence() {
    String w1 = folder.resolve("w1").toString();
    assertThat(shell.run("sla", w1, "--by", "model")).isZero();
    assertThat(shell.out()).contains("model", "50.0%", "no data").doesNotContain("null");
    assertThat(shell.run("sla", w1, "--by", "model", "--from", "2030-01-01")).isZero();
    assertThat(shell.out()).contains("no data");
  }

  @Test
  void foreignLinesAreToldByNumber() throws Exception {
    Path file = Files.writeString(folder.resolve("x.jsonl"), "\n{\"hour\": 1}\n");
    assertThat(shell.run("sla", file.toString())).isZero();
    assertThat(shell.err()).contains("x.jsonl: skipped 1 line that holds no rollup: 2");
  }

  /** Else a user with workers of two versions would take their sessions for lost. */
  @Test
  void linesOfALaterVersionAreToldAsSuch() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("x.jsonl"),
            "{\"schema_version\": 99, \"hour\": {\"later\": true}}\n{\"schema_version\": 1}\n");

    assertThat(shell.run("sla", file.toString())).isZero();
    assertThat(shell.err().lines())
        .containsExactly(
            file + ": skipped 2 lines that hold no rollup: 1, 2",
            file + ": written in part by a later version of the agent; use the command of its jar");
    Files.writeString(file, "{\"schema_version\": 1}\n");
    shell.run("sla", file.toString());
    assertThat(shell.err()).hasLineCount(1);
  }

  @Test
  void wrongUsageIsTold() throws Exception {
    assertThat(shell.run("sla")).isEqualTo(2);
    assertThat(shell.run("sla", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(shell.err()).contains("no such file or folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(shell.run("sla", empty.toString())).isEqualTo(2);
    assertThat(shell.err()).contains("metrics.agent.rollups.enabled");
    String w1 = folder.resolve("w1").toString();
    assertThat(shell.run("sla", w1, "--by", "region")).isEqualTo(2);
    assertThat(shell.err()).contains("--by=region", "adapter");
    assertThat(shell.run("sla", w1, "--from", "2024-01-16", "--to", "2024-01-15")).isEqualTo(2);
    assertThat(shell.err().strip())
        .isEqualTo("--to=2024-01-15: give a time after --from=2024-01-16");
    assertThat(shell.run("sla", w1, "--from", "today")).isEqualTo(2);
    assertThat(shell.err()).contains("--from=today", "2024-01-15");
  }

  @Test
  void theHelpHasAnExample() {
    assertThat(shell.run("sla", "--help")).isZero();
    assertThat(shell.out()).contains("Example", "--by model");
  }
}
