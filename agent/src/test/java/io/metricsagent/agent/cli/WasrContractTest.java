package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The contract of the report, statement by statement; the number in the name of a test is that of
 * the statement. The data is written by hand.
 */
class WasrContractTest {
  private static final long NOW = 1_760_054_400; // 2025-10-10T00:00:00Z, in 2025-W41
  private static final long WEEK = 7 * 86_400;

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private static String event(String run, String event, boolean success) {
    return event(run, event, success, NOW - 60, "train");
  }

  private static String event(String run, String event, boolean success, long at, String scenario) {
    return String.format(
        Locale.ROOT,
        "{\"event\": \"%s\", \"timestamp\": %d.0, \"run_id\": \"%s\", \"scenario\": \"%s\","
            + " \"success\": %b, \"duration_sec\": 12.3, \"ttfi_sec\": 1.2, \"artifacts\": [],"
            + " \"error\": null}",
        event,
        at,
        run,
        scenario,
        success);
  }

  private String report(String... lines) throws Exception {
    Path file = Files.writeString(folder.resolve("runs.jsonl"), String.join("\n", lines) + "\n");
    int code = shell.run("wasr", "--input", file.toString(), "--now", Long.toString(NOW));
    assertThat(code).as(shell.err()).isZero();
    return shell.out();
  }

  private JsonNode json(String... lines) throws Exception {
    return Json.MAPPER.readTree(report(lines));
  }

  private long wasr(String... lines) throws Exception {
    return json(lines).get("wasr").asLong();
  }

  private String verdicts(String... lines) throws Exception {
    shell.terminal = true;
    String out = report(lines);
    return out.substring(out.indexOf("metric"));
  }

  @Test
  void s4_anyNonEmptyRunIdIsReadable() throws Exception {
    assertThat(
            wasr(
                event("abc-123", "run.complete", true),
                event("7c9e6679-7425-40de-944b-e07fc1f90ae7", "run.complete", true),
                event("7c9e6679742540de944be07fc1f90ae7", "run.complete", true),
                event("ä 1", "run.complete", true),
                event("", "run.complete", true)))
        .isEqualTo(4);
  }

  @Test
  void s5_bothNamesOfTheLastEventAreRead() throws Exception {
    JsonNode report =
        json(
            event("a", "run.complete", true, NOW, "quickstart"),
            event("b", "run_complete", true, NOW, "quickstart"),
            event("c", "run.error", false, NOW, "quickstart"),
            event("d", "run_complete", false, NOW, "quickstart"),
            event("e", "diagnostic", false, NOW, "quickstart"),
            event("f", "run.summary", true, NOW, "quickstart"));
    assertThat(report.get("quickstart").get("attempts").asLong()).isEqualTo(4);
    assertThat(report.get("quickstart").get("successes").asLong()).isEqualTo(2);
  }

  @Test
  void s6_theTimeToTheFirstIterationMayBeNull() throws Exception {
    String line = event("a", "run.complete", true);
    assertThat(wasr(line.replace("1.2", "null"), line.replace("\"a\"", "\"b\""))).isEqualTo(2);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void s7_artifactsMayBeAListOrAMap() throws Exception {
    String line = event("a", "run.complete", true);
    assertThat(
            wasr(
                line.replace("[]", "[\"outputs/checkpoint_final.pt\", \"log\"]"),
                line.replace("[]", "{\"checkpoint\": \"outputs/checkpoint_final.pt\"}")
                    .replace("\"a\"", "\"b\"")))
        .isEqualTo(2);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void s8_theErrorMayBeNullOrEmptyOrAText() throws Exception {
    String line = event("a", "run.error", false);
    report(
        line,
        line.replace("\"error\": null", "\"error\": \"\""),
        line.replace("\"error\": null", "\"error\": \"ValueError: x\""));
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void s9_theVariableNamesTheInput() throws Exception {
    Path file = Files.writeString(folder.resolve("v.jsonl"), event("a", "run.complete", true));
    shell.environment.put("WORLDFLUX_METRICS_PATH", " " + file + " ");
    assertThat(shell.run("wasr", "--now", Long.toString(NOW))).isZero();
    assertThat(shell.out()).contains("\"wasr\": 1");
  }

  @Test
  void s9_theOutputIsAFileWhoseFoldersAreMade() throws Exception {
    String printed = report(event("a", "run.complete", true));
    Path output = folder.resolve("x/y/wasr.json");
    assertThat(
            shell.run(
                "wasr",
                "--input",
                folder.resolve("runs.jsonl").toString(),
                "--now",
                NOW + ".0",
                "--output",
                output.toString()))
        .isZero();
    assertThat(shell.out()).isEmpty();
    assertThat(Files.readString(output)).isEqualTo(printed).endsWith("}\n");
  }

  @Test
  void s10_theReportIsSortedAndIndented() throws Exception {
    assertThat(
            report(
                event("a", "run.complete", true, NOW - WEEK, "quickstart"),
                event("b", "run.complete", true, NOW - WEEK, "quickstart-gpu"),
                event("a", "run.complete", true, NOW, "train"),
                event("c", "run.error", false, NOW, "quickstart")))
        .isEqualTo(
            """
            {
              "quickstart": {
                "attempts": 3,
                "success_rate": 0.6666666666666666,
                "successes": 2
              },
              "retention": [
                {
                  "base": 2,
                  "from_week": "2025-W40",
                  "rate": 0.5,
                  "retained": 1,
                  "to_week": "2025-W41"
                }
              ],
              "scenarios": {
                "quickstart": 2,
                "quickstart-gpu": 1,
                "train": 1
              },
              "wasr": 2,
              "window": {
                "end": 1760054400.0,
                "lookback_days": 7,
                "start": 1759449600.0
              }
            }
            """);
  }

  @Test
  void s11_theWindowIncludesItsStartAndHasNoEnd() throws Exception {
    assertThat(
            wasr(
                event("before", "run.complete", true, NOW - WEEK - 1, "train"),
                event("start", "run.complete", true, NOW - WEEK, "train"),
                event("after", "run.complete", true, NOW + 10 * WEEK, "train")))
        .isEqualTo(2);
  }

  @Test
  void s12_aRunWithASuccessfulHeartbeatThatFailsIsNoSuccess() throws Exception {
    assertThat(
            wasr(
                event("a", "heartbeat", true),
                event("a", "run.error", false),
                event("b", "run_complete", false),
                event("b", "heartbeat", true),
                event("c", "heartbeat", true),
                event("c", "run.complete", true)))
        .isEqualTo(1);
  }

  @Test
  void s12_aRunWithoutItsLastEventCountsByAnySuccess() throws Exception {
    assertThat(
            wasr(
                event("a", "heartbeat", true),
                event("a", "diagnostic", false),
                event("b", "diagnostic", false)))
        .isEqualTo(1);
  }

  @Test
  void s12_aRunThatEndsTwiceSucceedsIfOneOfItsEndsDoes() throws Exception {
    String well = event("a", "run.complete", true);
    String badly = event("a", "run.error", false);
    assertThat(wasr(well, badly)).isEqualTo(1);
    assertThat(wasr(badly, well)).isEqualTo(1);
  }

  @Test
  void s12_aRunCountsOnce() throws Exception {
    assertThat(wasr(event("a", "run.complete", true), event("a", "run_complete", true)))
        .isEqualTo(1);
  }

  @Test
  void s13_aQuickstartIsToldByTheTrimmedBeginOfItsScenario() throws Exception {
    JsonNode report =
        json(
            event("a", " run.complete ", true, NOW, " quickstart_cpu"),
            event("b", "run.complete", true, NOW, "Quickstart"),
            event("c", "run.complete", true, NOW, "my quickstart"),
            event("d", "run.complete", true, NOW - 2 * WEEK, "quickstart"));
    assertThat(report.get("quickstart").toString())
        .isEqualTo("{\"attempts\":1,\"success_rate\":1.0,\"successes\":1}");
  }

  @Test
  void s13_withoutAnAttemptThereIsNothingToJudge() throws Exception {
    assertThat(verdicts(event("a", "run.complete", true)).lines())
        .contains("quickstart.success_rate      -  no data");
    assertThat(shell.out()).contains("\"success_rate\": 0.0");
  }

  @Test
  void s14_scenariosCountAllEventsOfTheWindowByTheirUntrimmedNames() throws Exception {
    JsonNode report =
        json(
            event("a", "heartbeat", true, NOW, " train"),
            event("a", "run.complete", true, NOW, "train"),
            event("b", "run.complete", true, NOW - 2 * WEEK, "train"),
            "{\"timestamp\": " + NOW + "}",
            "{\"timestamp\": " + NOW + ", \"scenario\": null}");
    assertThat(report.get("scenarios").toString())
        .isEqualTo("{\" train\":1,\"train\":1,\"unknown\":2}");
  }

  @Test
  void s15_retentionIsOfNeighbouringWeeksThatHaveRunsOfAnyAgeAndSuccess() throws Exception {
    JsonNode report =
        json(
            event("a", "run.complete", true, NOW, "train"),
            event("a", "run.error", false, NOW - 5 * WEEK, "train"),
            event("b", "heartbeat", true, NOW - 5 * WEEK, "train"),
            event("b", "heartbeat", false, NOW - 50 * WEEK, "train"),
            event("", "heartbeat", false, NOW - WEEK, "train"));
    assertThat(report.get("retention").toString())
        .isEqualTo(
            "[{\"base\":1,\"from_week\":\"2024-W43\",\"rate\":1.0,\"retained\":1,"
                + "\"to_week\":\"2025-W36\"},"
                + "{\"base\":2,\"from_week\":\"2025-W36\",\"rate\":0.5,\"retained\":1,"
                + "\"to_week\":\"2025-W41\"}]");
  }

  @Test
  void s15_weeksBeginOnMondayInUtc() throws Exception {
    long monday = NOW - 4 * 86_400; // 2025-10-06T00:00:00Z
    JsonNode report =
        json(event("a", "x", true, monday - 1, "train"), event("a", "x", true, monday, "train"));
    assertThat(report.get("retention").get(0).get("from_week").asString()).isEqualTo("2025-W40");
    assertThat(report.get("retention").get(0).get("to_week").asString()).isEqualTo("2025-W41");
  }

  @Test
  void s15_oneWeekHasNoRetention() throws Exception {
    assertThat(json(event("a", "run.complete", true)).get("retention")).isEmpty();
    assertThat(verdicts(event("a", "run.complete", true)).lines())
        .contains("retention                    -  no data");
  }

  @Test
  void s15_theNewestPairIsTheRetentionThatIsJudged() throws Exception {
    assertThat(
            verdicts(
                    event("a", "x", true, NOW - 2 * WEEK, "train"),
                    event("a", "x", true, NOW - WEEK, "train"),
                    event("b", "x", true, NOW, "train"))
                .lines())
        .contains("retention                 0.0%  Action required");
  }

  @Test
  void s16_aMissingTimeIsTheFirstWeekOf1970() throws Exception {
    JsonNode report = json("{\"run_id\": \"a\"}", event("a", "run.complete", true));
    assertThat(report.get("retention").get(0).get("from_week").asString()).isEqualTo("1970-W01");
    report = json("{\"run_id\": \"a\", \"timestamp\": null}", event("a", "run.complete", true));
    assertThat(report.get("retention").get(0).get("from_week").asString()).isEqualTo("1970-W01");
  }

  @Test
  void s16_aMissingSuccessIsNoneAndAMissingRunIdCountsNowhere() throws Exception {
    String time = "\"timestamp\": " + NOW + ", \"event\": \"run.complete\"";
    assertThat(
            wasr(
                "{" + time + ", \"run_id\": \"a\"}",
                "{" + time + ", \"run_id\": \"b\", \"success\": \"false\"}",
                "{" + time + ", \"run_id\": null, \"success\": true}",
                "{" + time + ", \"success\": true}"))
        .isZero();
  }

  @Test
  void s17_aMissingFileGivesAnEmptyReport() {
    String missing = folder.resolve("missing.jsonl").toString();
    assertThat(shell.run("wasr", "--input", missing)).isZero();
    assertThat(shell.out())
        .contains("\"wasr\": 0", "\"scenarios\": {}", "\"retention\": []")
        .endsWith("}\n");
  }

  @Test
  void s17_brokenAndForeignLinesAreSkippedAndToldByNumber() throws Exception {
    String good = event("a", "run.complete", true);
    assertThat(wasr("", "text", good, "[1]", "17", "", good.substring(0, 50), "null", "\"x\"", "{"))
        .isEqualTo(1);
    assertThat(shell.err().strip())
        .isEqualTo(
            folder.resolve("runs.jsonl")
                + ": skipped 7 lines that hold no event: 2, 4, 5, 7, 8 and 2 more");
  }

  @Test
  void s17_aTornLastLineIsTold() throws Exception {
    String good = event("a", "run.complete", true);
    assertThat(wasr(good, good.substring(0, good.length() - 1))).isEqualTo(1);
    assertThat(shell.err()).contains("skipped 1 line that holds no event: 2");
  }

  @Test
  void s18_numbersOnAnEdgeBelongToTheBetterClass() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lines.add(event("q" + i, "run.complete", i < 9, NOW, "quickstart"));
    }
    Stream.of("q0", "q1", "x", "y")
        .forEach(run -> lines.add(event(run, "x", true, NOW - 2 * WEEK, "train")));
    assertThat(verdicts(lines.toArray(new String[0])).lines())
        .containsExactly(
            "metric                   value  verdict",
            "wasr                         9  Healthy",
            "quickstart.success_rate  90.0%  Healthy",
            "retention                50.0%  Healthy");
  }

  @Test
  void s18_theOtherClasses() throws Exception {
    assertThat(
            verdicts(
                    event("a", "run.complete", true, NOW, "quickstart"),
                    event("b", "run.error", false, NOW, "quickstart"))
                .lines())
        .contains(
            "wasr                         1  Warning", "quickstart.success_rate  50.0%  Warning");
    assertThat(verdicts(event("b", "run.error", false, NOW, "quickstart")).lines())
        .contains(
            "wasr                         0  Action required",
            "quickstart.success_rate   0.0%  Action required");
  }
}
