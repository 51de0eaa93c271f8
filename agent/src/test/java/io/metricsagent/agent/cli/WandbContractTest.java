package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.metricsagent.agent.start.Sinks;
import io.metricsagent.agent.testing.UdpLines;
import io.metricsagent.agent.wandb.WandbServer;
import io.metricsagent.bootstrap.snapshot.GaugePoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The contract of the gauges of W&B runs, statement by statement; the number in the name of a test
 * is that of the statement. The data is written by hand.
 */
class WandbContractTest {
  private static final String DURATION = "wandb.run.duration_hours";
  private static final String SPS = "wandb.run.sps";
  private static final String VALUE = "wandb.run.metric";
  private static final String SYSTEM = "wandb.run.system";
  private static final String RUNS = "wandb.runs";

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  /** A run of an hour and a half. */
  private static String run(String id, String name, String state, String summary) {
    return "{\"id\": \""
        + id
        + "\", \"name\": \""
        + name
        + "\", \"state\": \""
        + state
        + "\", \"created_at\": \"2025-10-10T10:00:00Z\", \"heartbeat_at\":"
        + " \"2025-10-10T11:30:00Z\", \"sweep\": null, \"summary\": {"
        + summary
        + "}}";
  }

  private static String finished(String id, String name) {
    return run(id, name, "finished", "");
  }

  private String export(String... runs) throws IOException {
    return Files.writeString(folder.resolve("runs.json"), "[" + String.join(",\n", runs) + "]")
        .toString();
  }

  private String json(String... runs) throws Exception {
    int code = shell.run("collect", "wandb", "--input", export(runs), "--json");
    assertThat(code).as(shell.err()).isZero();
    return shell.out();
  }

  private JsonNode collect(String... runs) throws Exception {
    return Json.MAPPER.readTree(json(runs));
  }

  /** Returns the values of a metric by their tags. */
  private static List<String> points(JsonNode metrics, String name) {
    List<String> points = new ArrayList<>();
    for (JsonNode point : metrics.path(name)) {
      List<String> tags = new ArrayList<>();
      point.get("tags").forEach(tag -> tags.add(tag.asString()));
      points.add(String.join(",", tags) + "=" + point.get("value").asString());
    }
    return points;
  }

  @Test
  void s1_theFiveGaugesHaveTheDocumentedTags() throws Exception {
    JsonNode metrics =
        collect(
            run(
                "abc",
                "github.sky.main",
                "finished",
                "\"overview/sps\": 1200.5, \"loss\": 0.25, \"gpu_utilization\": 87.5"));
    assertThat(metrics.propertyNames()).containsExactly(VALUE_ORDER);
    assertThat(points(metrics, RUNS))
        .containsExactly("run_type:train,state:finished,timeframe:7d=1");
    assertThat(points(metrics, DURATION))
        .containsExactly("run_id:abc,run_type:train,state:finished=1.5");
    assertThat(points(metrics, SPS))
        .containsExactly("run_id:abc,run_type:train,state:finished=1200.5");
    assertThat(points(metrics, VALUE)).containsExactly("run_id:abc,metric_name:loss=0.25");
    assertThat(points(metrics, SYSTEM)).containsExactly("run_id:abc,metric:gpu_utilization=87.5");
  }

  private static final String[] VALUE_ORDER = {DURATION, VALUE, SPS, SYSTEM, RUNS};

  @Test
  void s2_typesAndStatesAreTheDocumentedOnes() throws Exception {
    JsonNode metrics =
        collect(
            finished("a", "github.sky.main.1"),
            run("b", "lr-sweep-7", "failed", ""),
            run("c", "my experiment", "running", ""));
    assertThat(points(metrics, RUNS))
        .containsExactly(
            "run_type:all,state:running,timeframe:7d=1",
            "run_type:sweep,state:failed,timeframe:7d=1",
            "run_type:train,state:finished,timeframe:7d=1");
  }

  @Test
  void s3_theNamesAreThoseOfTheDocumentAndNotOfTheProgram() throws Exception {
    assertThat(json(run("a", "github.sky.x", "finished", "\"overview/sps\": 1")))
        .doesNotContain("wandb.train", "wandb.ptm", "success\"");
  }

  @Test
  void s3_theRunsOfTheLastSevenDaysAreCollected() throws Exception {
    String old = finished("old", "x").replace("2025-10-10", "2025-10-02");
    String atTheEdge =
        finished("edge", "x").replace("2025-10-10T10:00:00Z", "2025-10-03T11:30:00Z");
    JsonNode metrics = collect(finished("new", "x"), old, atTheEdge);
    assertThat(points(metrics, RUNS)).containsExactly("run_type:all,state:finished,timeframe:7d=2");
    assertThat(metrics.get(DURATION).toString()).doesNotContain("run_id:old");
    assertThat(shell.err()).contains("skipped runs: 1 older than seven days");
  }

  @Test
  void s4_thePrefixDecidesBeforeTheSweepAndIsCaseSensitive() throws Exception {
    JsonNode metrics =
        collect(
            finished("a", "github.sky.sweep"),
            finished("b", "GitHub.Sky.x"),
            finished("c", "My SWEEP 3"),
            finished("d", "x.github.sky."));
    assertThat(points(metrics, DURATION))
        .containsExactly(
            "run_id:a,run_type:train,state:finished=1.5",
            "run_id:b,run_type:all,state:finished=1.5",
            "run_id:c,run_type:sweep,state:finished=1.5",
            "run_id:d,run_type:all,state:finished=1.5");
  }

  @Test
  void s4_theSweepFieldMakesASweep() throws Exception {
    JsonNode metrics =
        collect(
            finished("a", "x").replace("\"sweep\": null", "\"sweep\": \"s1\""),
            finished("b", "x").replace("\"sweep\": null", "\"sweep\": {\"name\": \"s1\"}"),
            finished("c", "x").replace("\"sweep\": null", "\"sweep\": \"\""),
            finished("d", "github.sky.x").replace("\"sweep\": null", "\"sweep\": \"s1\""));
    assertThat(points(metrics, RUNS))
        .containsExactly(
            "run_type:all,state:finished,timeframe:7d=1",
            "run_type:sweep,state:finished,timeframe:7d=2",
            "run_type:train,state:finished,timeframe:7d=1");
  }

  @Test
  void s4_unnamedRunsAreSkipped() throws Exception {
    JsonNode metrics =
        collect(
            finished("a", "x"),
            finished("b", ""),
            finished("c", "x").replace("\"name\": \"x\"", "\"name\": null"));
    assertThat(points(metrics, DURATION)).hasSize(1);
    assertThat(shell.err()).contains("2 without a name");
  }

  @Test
  void s5_crashedRunsHaveFailedAndOtherStatesAreSkipped() throws Exception {
    JsonNode metrics =
        collect(
            run("a", "x", "crashed", ""),
            run("b", "x", "failed", ""),
            run("c", "x", "killed", ""),
            run("d", "x", "preempted", ""),
            run("e", "x", "Finished", ""));
    assertThat(points(metrics, RUNS)).containsExactly("run_type:all,state:failed,timeframe:7d=2");
    assertThat(shell.err()).contains("3 neither running nor ended");
  }

  @Test
  void s6_theDurationIsKnownWhereBothTimesAre() throws Exception {
    String run = run("a", "x", "running", "");
    JsonNode metrics =
        collect(
            run,
            run.replace("\"a\"", "\"b\"").replace("\"2025-10-10T11:30:00Z\"", "null"),
            run.replace("\"a\"", "\"c\"").replace("\"created_at\"", "\"made_at\""),
            run.replace("\"a\"", "\"d\"").replace("11:30:00Z", "12:45:36+01:00"),
            run.replace("\"a\"", "\"e\"").replace("00Z", "00"),
            run.replace("\"a\"", "\"f\"").replace("2025-10-10T10", "soon"));
    assertThat(points(metrics, DURATION))
        .containsExactly(
            "run_id:a,run_type:all,state:running=1.5",
            "run_id:d,run_type:all,state:running=1.76",
            "run_id:e,run_type:all,state:running=1.5");
    assertThat(points(metrics, RUNS)).containsExactly("run_type:all,state:running,timeframe:7d=6");
  }

  @Test
  void s6_stepsPerSecondHaveTwoNames() throws Exception {
    JsonNode metrics =
        collect(
            run("a", "x", "finished", "\"overview/sps\": 2, \"overview/steps_per_second\": 1.5"),
            run("b", "x", "failed", "\"overview/sps\": 0.0"),
            run("c", "x", "finished", "\"sps\": 7"),
            run("d", "x", "finished", "\"overview/sps\": null"));
    assertThat(points(metrics, SPS))
        .containsExactly(
            "run_id:a,run_type:all,state:finished=1.5", "run_id:b,run_type:all,state:failed=0.0");
  }

  @Test
  void s6_aRunningRunHasItsDurationOnly() throws Exception {
    JsonNode metrics =
        collect(
            run(
                "a",
                "x",
                "running",
                "\"overview/sps\": 3, \"loss\": 0.1, \"gpu_utilization\": 50"));
    assertThat(metrics.propertyNames()).containsExactly(DURATION, RUNS);
  }

  @Test
  void s7_eachRunIsOnePointWithItsRawValue() throws Exception {
    String[] runs = new String[100];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = run("r" + i, "x", "finished", "\"reward\": " + i * 0.1);
    }
    JsonNode values = collect(runs).get(VALUE);
    assertThat(values.size()).isEqualTo(100);
    for (int i = 0; i < runs.length; i++) {
      assertThat(values.get(i).get("value").asDouble()).isEqualTo(i * 0.1);
    }
  }

  @Test
  void s7_ofARunThatIsThereTwiceTheFirstCounts() throws Exception {
    JsonNode metrics = collect(finished("a", "x"), finished("a", "y"), finished("b", "x"));
    assertThat(points(metrics, DURATION)).hasSize(2);
    assertThat(shell.err()).contains("1 with an id that was read before");
  }

  private int push(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "collect",
                "wandb",
                "--input",
                export(run("a", "x", "finished", "\"loss\": 0.5, \"none\": null")),
                "--push"));
    arguments.addAll(List.of(options));
    shell.properties.setProperty("metrics.agent.exporters", "statsd,otlp");
    return shell.run(arguments.toArray(String[]::new));
  }

  @Test
  void s8_pushedPointsNameTheirSourceFirst() throws Exception {
    assertThat(push()).isZero();
    assertThat(shell.exported).hasSize(2);
    assertThat(shell.exported.get(0).points()).hasSize(3);
    for (GaugePoint point : shell.exported.get(0).points()) {
      assertThat(point.tags().toString()).startsWith("{source=wandb-collector, env=production, ");
    }
    assertThat(shell.err()).contains("pushed 3 data points to statsd, otlp");
    assertThat(shell.closed).containsExactly("statsd", "otlp");
    assertThat(shell.slept).isEmpty();
  }

  @Test
  void s8_whatFailsIsTriedThreeTimes() throws Exception {
    shell.answers.put("otlp", CompletableFuture.failedFuture(new IOException("no route")));
    assertThat(push()).isEqualTo(1);
    assertThat(shell.slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(shell.exported).as("three times otlp, once statsd").hasSize(4);
    assertThat(shell.err())
        .contains("export to otlp failed: no route", "to statsd; failed: otlp")
        .containsOnlyOnce("no route");
    assertThat(shell.closed).containsExactly("statsd", "otlp");
  }

  @Test
  void s8_nothingCollectedIsAFailure() throws Exception {
    for (String runs : List.of("[]", "[" + run("a", "x", "killed", "") + "]")) {
      Path file = Files.writeString(folder.resolve("none.json"), runs);
      assertThat(shell.run("collect", "wandb", "--input", file.toString(), "--json", "--push"))
          .isEqualTo(1);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err()).contains("Warning: No metrics collected");
      assertThat(shell.exported).isEmpty();
    }
  }

  /** As a StatsD server gets them. */
  @Test
  void s8_theReceiverGetsTheDocumentedNames() throws Exception {
    try (UdpLines receiver = new UdpLines()) {
      Properties properties = new Properties();
      properties.setProperty("metrics.agent.exporters", "statsd");
      properties.setProperty("metrics.agent.statsd.host", "127.0.0.1");
      properties.setProperty("metrics.agent.statsd.port", Integer.toString(receiver.port()));
      Wiring wiring =
          new Wiring(
              "1.2.3",
              Sinks::of,
              (snapshot, out) -> {},
              files -> new byte[0],
              properties,
              Map.of("DD_ORIGIN_DETECTION_ENABLED", "false"),
              () -> false,
              pause -> {});
      StringWriter err = new StringWriter();
      String file = export(run("a", "lr-sweep", "failed", "\"overview/sps\": 12.5"));
      int code =
          MetricsAgentCli.run(
              new String[] {"collect", "wandb", "--input", file, "--push"},
              wiring,
              new PrintWriter(new StringWriter()),
              new PrintWriter(err));
      assertThat(code).as(err.toString()).isZero();
      assertThat(receiver.lines())
          .filteredOn(line -> line.startsWith("wandb."))
          .containsExactly(
              "wandb.run.duration_hours:1.5|g|#env:production,run_id:a,run_type:sweep,"
                  + "source:wandb-collector,state:failed",
              "wandb.run.sps:12.5|g|#env:production,run_id:a,run_type:sweep,"
                  + "source:wandb-collector,state:failed",
              "wandb.runs:1|g|#env:production,run_type:sweep,source:wandb-collector,"
                  + "state:failed,timeframe:7d");
    }
  }

  @Test
  void s9_theJsonIsSortedWithAnIndentOfTwo() throws Exception {
    assertThat(json(finished("a", "x")))
        .isEqualTo(
            """
            {
              "wandb.run.duration_hours": [
                {
                  "tags": [
                    "run_id:a",
                    "run_type:all",
                    "state:finished"
                  ],
                  "value": 1.5
                }
              ],
              "wandb.runs": [
                {
                  "tags": [
                    "run_type:all",
                    "state:finished",
                    "timeframe:7d"
                  ],
                  "value": 1
                }
              ]
            }
            """);
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void s9_theStatusGoesToStandardError() throws Exception {
    shell.run("collect", "wandb", "--input", export(finished("a", "x")), "--json", "--verbose");
    assertThat(shell.err()).isEqualToIgnoringNewLines("collected 2 data points of 1 run");
    assertThat(Json.MAPPER.readTree(shell.out()).size()).isEqualTo(2);
    shell.run("collect", "wandb", "--input", export(finished("a", "x")), "-v");
    assertThat(shell.err()).contains("collected 2 data points");
  }

  @Test
  void s9_theTextHasTheFirstThreePoints() throws Exception {
    String[] runs = new String[5];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = finished("r" + i, "x").replace("11:30:00Z", "11:3" + i + ":20Z");
    }
    assertThat(shell.run("collect", "wandb", "--input", export(runs))).isZero();
    assertThat(shell.out())
        .isEqualTo(
            """
            wandb.run.duration_hours: 5 data points
              1.51 [run_id:r0, run_type:all, state:finished]
              1.52 [run_id:r1, run_type:all, state:finished]
              1.54 [run_id:r2, run_type:all, state:finished]
              ... and 2 more
            wandb.runs: 1 data point
              5.00 [run_type:all, state:finished, timeframe:7d]
            """);
  }

  @Test
  void s10_theEnvironmentNamesTheProjectOfTheApi() throws Exception {
    try (WandbServer server = new WandbServer()) {
      String today = Instant.now().truncatedTo(ChronoUnit.HOURS).toString();
      server.run("a", "x", today, "{\"loss\": 0.5}");
      shell.environment.put("WANDB_API_KEY", WandbServer.KEY);
      String url = server.url().toString();

      assertThat(shell.run("collect", "wandb", "--url", url, "--json")).isEqualTo(1);
      assertThat(shell.err()).contains("no project metta-research/metta");

      shell.environment.put("WANDB_ENTITY", "shop");
      shell.environment.put("WANDB_PROJECT", "llm");
      server.instead.add(new WandbServer.Answer(429, "3", ""));
      assertThat(shell.run("collect", "wandb", "--url", url, "--json")).isZero();
      assertThat(points(Json.MAPPER.readTree(shell.out()), VALUE))
          .containsExactly("run_id:a,metric_name:loss=0.5");
      assertThat(shell.slept).containsExactly(Duration.ofSeconds(3));

      shell.environment.put("WANDB_API_KEY", "wrong");
      assertThat(shell.run("collect", "wandb", "--url", url, "--json")).isEqualTo(1);
      assertThat(shell.err()).contains("401").doesNotContain("wrong");
    }
  }

  @Test
  void s12_theSuccessRateFollowsFromTheCountsWithoutRunningRuns() throws Exception {
    double finished = 0;
    double failed = 0;
    JsonNode metrics =
        collect(
            finished("a", "x"),
            finished("b", "lr-sweep"),
            finished("c", "github.sky.x"),
            run("d", "x", "crashed", ""),
            run("e", "x", "running", ""));
    for (JsonNode point : metrics.get(RUNS)) {
      String tags = point.get("tags").toString();
      finished += tags.contains("state:finished") ? point.get("value").asDouble() : 0;
      failed += tags.contains("state:failed") ? point.get("value").asDouble() : 0;
    }
    assertThat(finished / (finished + failed)).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void theTypesCanBeNamedAnew() throws Exception {
    shell.properties.setProperty("metrics.agent.run.types", "nightly=*-night;sweep=none");
    JsonNode metrics =
        collect(
            finished("a", "all-night"),
            finished("b", "github.sky.x"),
            finished("c", "x").replace("\"sweep\": null", "\"sweep\": \"s\""));
    assertThat(points(metrics, DURATION))
        .containsExactly(
            "run_id:a,run_type:nightly,state:finished=1.5",
            "run_id:b,run_type:all,state:finished=1.5",
            "run_id:c,run_type:sweep,state:finished=1.5");

    shell.properties.setProperty("metrics.agent.run.types", "nightly");
    assertThat(shell.run("collect", "wandb", "--input", export(finished("a", "x")))).isEqualTo(2);
    assertThat(shell.err()).contains("metrics.agent.run.types=nightly", "type=pattern");
  }

  @Test
  void namesOfTheProgramItselfAndWhatIsNoNumberAreNoMetrics() throws Exception {
    JsonNode metrics =
        collect(
            run(
                "a",
                "x",
                "finished",
                "\"_runtime\": 5, \"text\": \"7\", \"on\": true, \"nested\": {\"x\": 1},"
                    + " \"list\": [1], \"nan\": NaN, \"huge\": 1e999, \"minus\": -2.5"));
    assertThat(points(metrics, VALUE)).containsExactly("run_id:a,metric_name:minus=-2.5");
  }

  @Test
  void theUtilizationOfSeveralGpusIsTheirAverageAndNeverInvented() throws Exception {
    JsonNode metrics =
        collect(
            finished("a", "x")
                .replace(
                    "\"sweep\"",
                    "\"system_metrics\": {\"system.gpu.0.gpu\": 40, \"system.gpu.1.gpu\": 60,"
                        + " \"system.cpu\": 3}, \"sweep\""),
            run("b", "x", "finished", "\"system/gpu_utilization\": 0"),
            finished("c", "x"));
    assertThat(points(metrics, SYSTEM))
        .containsExactly(
            "run_id:a,metric:gpu_utilization=50.0", "run_id:b,metric:gpu_utilization=0.0");
  }

  @Test
  void whatIsNoRunIsCounted() throws Exception {
    JsonNode metrics =
        collect(
            "7",
            "null",
            "[[[]]]",
            finished("", "x"),
            finished("a".repeat(201), "x"),
            finished("ok", "x"));
    assertThat(points(metrics, DURATION)).hasSize(1);
    assertThat(shell.err()).contains("skipped runs: 3 not an object, 2 without an id");
  }

  private void assertUnreadable(String text, String... messages) throws IOException {
    Path file = Files.write(folder.resolve("bad.json"), text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(shell.run("collect", "wandb", "--input", file.toString(), "--json")).isEqualTo(1);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).contains("bad.json: ").contains(messages);
    assertThat(shell.err().lines()).hasSize(1);
  }

  @Test
  void aHostileExportIsAnErrorOfOneLine() throws IOException {
    assertUnreadable("", "expected an array");
    assertUnreadable("{\"runs\": []}", "expected an array");
    assertUnreadable("[" + finished("a", "x"), "line 1");
    assertUnreadable("[" + finished("a", "x") + ",\n{\"id\": }", "line 2, column 8");
    assertUnreadable("[] []", "after the end");
    assertUnreadable("[" + finished("\u00e9", "x") + "]", "UTF-8");
    assertUnreadable("[{\"summary\": " + "[".repeat(10_000) + "}]", "depth");
    assertUnreadable("[" + "[".repeat(10_000), "depth");
  }

  @Test
  void idsCannotCommandATerminal() throws Exception {
    String file = export(finished("\\u001b[31mred\\u009b2J", "x"));
    shell.run("collect", "wandb", "--input", file);
    assertThat(shell.out()).contains("run_id:?[31mred?2J").doesNotContain("\u001b", "\u009b");
    shell.run("collect", "wandb", "--input", file, "--json");
    assertThat(shell.out()).contains("\\u001b[31mred\\u009b2J").doesNotContain("\u001b", "\u009b");
  }

  @Test
  void wrongUsageIsToldFromFailure() throws Exception {
    assertThat(shell.run("collect", "wandb")).isEqualTo(2);
    assertThat(shell.err()).contains("--input", "WANDB_API_KEY");
    assertThat(shell.run("collect", "wandb", "--input", "nowhere.json")).isEqualTo(2);
    assertThat(shell.err()).contains("nowhere.json: no such file");
    assertThat(shell.run("collect", "wandb", "--input", "a", "--url", "http://x/")).isEqualTo(2);
    assertThat(shell.run("collect", "wandb", "--url", "ftp://x/")).isEqualTo(2);
    assertThat(shell.run("collect")).isEqualTo(2);
    assertThat(shell.err()).contains("subcommand", "wandb");
  }

  @Test
  void pushingToNothingIsAFailure() throws Exception {
    shell.properties.setProperty("metrics.agent.exporters", "none");
    String file = export(finished("a", "x"));
    assertThat(shell.run("collect", "wandb", "--input", file, "--push")).isEqualTo(1);
    assertThat(shell.err()).contains("no exporter sends");
  }
}
