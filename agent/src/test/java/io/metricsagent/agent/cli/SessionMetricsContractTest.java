package io.metricsagent.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The contract of session metrics, statement by statement; the number in the name of a test is that
 * of the statement. The data is written by hand.
 */
class SessionMetricsContractTest {
  private static final String REQUEST = "gateway_receive_stream_request";
  private static final String FIRST = "gateway_receive_first_processed_segment";
  private static final String FEW = "gateway_receive_few_processed_segments";
  private static final String NO_ORCHESTRATOR = "gateway_no_orchestrators_available";
  private static final String SWAP = "orchestrator_swap";

  /** 2024-01-15T10:00:00Z. */
  private static final long TEN = 1_705_312_800_000L;

  private static final long HOUR = 3_600_000;

  private final Shell shell = new Shell();
  @TempDir private Path folder;

  private static String trace(String stream, long at, String type) {
    return trace(stream, at, type, "");
  }

  private static String trace(String stream, long at, String type, String more) {
    return "{\"ts_ms\": %d, \"kind\": \"trace\", \"type\": \"%s\", \"stream_id\": \"%s\", \"request_id\": \"r\"%s}"
        .formatted(at, type, stream, more);
  }

  private static String error(String stream, String message) {
    return "{\"ts_ms\": %d, \"kind\": \"event\", \"type\": \"error\", \"stream_id\": \"%s\", \"request_id\": \"r\", \"message\": \"%s\"}"
        .formatted(TEN, stream, message);
  }

  private static String status(String stream, long at, String rate) {
    return "{\"ts_ms\": %d, \"kind\": \"status\", \"type\": \"ONLINE\", \"stream_id\": \"%s\", \"request_id\": \"r\", \"output_fps\": %s}"
        .formatted(at, stream, rate);
  }

  private List<JsonNode> sessions(String... lines) throws Exception {
    Path input = Files.writeString(folder.resolve("signals.jsonl"), String.join("\n", lines));
    int code =
        shell.run("classify", "--input", input.toString(), "--rollups", rollups().toString());
    assertThat(code).as(shell.err()).isZero();
    List<JsonNode> sessions = new ArrayList<>();
    shell.out().lines().forEach(line -> sessions.add(Json.MAPPER.readTree(line)));
    return sessions;
  }

  private Path rollups() {
    return folder.resolve("rollups.jsonl");
  }

  private List<String> keys(String... lines) throws Exception {
    return sessions(lines).stream().map(session -> session.get("session_key").asString()).toList();
  }

  private String classOf(String... lines) throws Exception {
    List<JsonNode> sessions = sessions(lines);
    assertThat(sessions).hasSize(1);
    return sessions.get(0).get("class").asString();
  }

  private JsonNode sla(String... lines) throws Exception {
    sessions(lines);
    assertThat(shell.run("sla", rollups().toString(), "--json")).as(shell.err()).isZero();
    return Json.MAPPER.readTree(shell.out()).get("rows").get(0);
  }

  @Test
  void s1_theKeyIsTheStreamAndTheRequestOrSaysWhatIsMissing() throws Exception {
    assertThat(
            keys(
                "{\"ts_ms\": 1, \"kind\": \"trace\", \"type\": \"x\", \"stream_id\": \" s \","
                    + " \"request_id\": \"\\tr\"}",
                "{\"ts_ms\": 1, \"kind\": \"trace\", \"type\": \"x\", \"stream_id\": \"s\","
                    + " \"event_id\": \"e\"}",
                "{\"ts_ms\": 1, \"kind\": \"trace\", \"type\": \"x\", \"stream_id\": \" \","
                    + " \"request_id\": \"r\"}",
                "{\"ts_ms\": 1, \"kind\": \"trace\", \"type\": \"x\", \"event_id\": \" e1 \"}",
                "{\"ts_ms\": 1, \"kind\": \"trace\", \"type\": \"x\", \"stream_id\": null,"
                    + " \"request_id\": \"\"}"))
        .containsExactly(
            "_missing_stream|_missing_request|_missing_event",
            "_missing_stream|_missing_request|e1",
            "_missing_stream|r",
            "s|_missing_request",
            "s|r");
  }

  @Test
  void s2_knownByItsRequestAndSuccessfulByAFewSegmentsInAnyOrder() throws Exception {
    JsonNode session = sessions(trace("s", TEN + 900, FEW), trace("s", TEN, REQUEST)).get(0);
    assertThat(session.get("known_stream").asBoolean()).isTrue();
    assertThat(session.get("startup_success").asBoolean()).isTrue();
    assertThat(session.get("class").asString()).isEqualTo("success");
    assertThat(session.get("session_start_ms").asLong()).isEqualTo(TEN);
    assertThat(classOf(trace("s", TEN, REQUEST), trace("s", TEN + 900, FIRST)))
        .isEqualTo("unexcused");
  }

  @Test
  void s3_unknownThenSuccessThenExcusedThenUnexcused() throws Exception {
    String excusable = error("s", "User disconnected");
    String other = error("s", "out of memory");
    assertThat(classOf(trace("s", TEN, FEW), excusable)).isEqualTo("not_in_denominator");
    assertThat(classOf(trace("s", TEN, REQUEST), trace("s", TEN, FEW), other)).isEqualTo("success");
    assertThat(
            classOf(
                trace("s", TEN, REQUEST), trace("s", TEN, FEW), trace("s", TEN, NO_ORCHESTRATOR)))
        .isEqualTo("success");
    assertThat(classOf(trace("s", TEN, REQUEST), trace("s", TEN, NO_ORCHESTRATOR), other))
        .isEqualTo("excused");
    assertThat(classOf(trace("s", TEN, REQUEST), excusable, excusable)).isEqualTo("excused");
    assertThat(classOf(trace("s", TEN, REQUEST), excusable, other)).isEqualTo("unexcused");
    assertThat(classOf(trace("s", TEN, REQUEST))).isEqualTo("unexcused");
  }

  @Test
  void s4_aMessageIsExcusableIfItContainsOneOfTheSixPhrases() throws Exception {
    for (String phrase :
        List.of(
            "No Orchestrators Available",
            "x: MediaMTX ingest disconnected!",
            "whip disconnected",
            "missing video",
            "ICE connection state failed",
            "the user disconnected early")) {
      assertThat(classOf(trace("s", TEN, REQUEST), error("s", phrase))).isEqualTo("excused");
    }
    for (String phrase : List.of("", " ", "user  disconnected", "timeout")) {
      assertThat(classOf(trace("s", TEN, REQUEST), error("s", phrase))).isEqualTo("unexcused");
    }
  }

  @Test
  void s4_onlyErrorsCountInWhateverCase() throws Exception {
    JsonNode session =
        sessions(
                trace("s", TEN, REQUEST),
                error("s", "missing video").replace("\"error\"", "\"ERROR\""),
                error("s", "timeout").replace("\"error\"", "\"params_update\""),
                error("s", "timeout").replace("\"event\"", "\"trace\""))
            .get(0);
    assertThat(session.get("error_count").asInt()).isEqualTo(1);
    assertThat(session.get("excusable_error_count").asInt()).isEqualTo(1);
    assertThat(session.get("class").asString()).isEqualTo("excused");
  }

  @Test
  void s4_thePhrasesAreASetting() throws Exception {
    shell.properties.setProperty("metrics.agent.rollups.excused.phrases", "Quota, circuit OPEN");
    assertThat(classOf(trace("s", TEN, REQUEST), error("s", "the circuit open x")))
        .isEqualTo("excused");
    assertThat(classOf(trace("s", TEN, REQUEST), error("s", "missing video")))
        .isEqualTo("unexcused");
  }

  @Test
  void s5_swapsAreAnnouncedOrInferredFromTheProviders() throws Exception {
    JsonNode session =
        sessions(
                trace("s", TEN, REQUEST, ", \"provider\": \" OpenAI \""),
                trace("s", TEN, SWAP, ", \"provider\": \"openai\""),
                trace("s", TEN, SWAP),
                trace("s", TEN, FIRST, ", \"provider\": \"anthropic\""),
                trace("s", TEN, FEW, ", \"provider\": \"  \""))
            .get(0);
    assertThat(session.get("confirmed_swap_count").asInt()).isEqualTo(2);
    assertThat(session.get("inferred_change_count").asInt()).isEqualTo(1);
    assertThat(session.get("swapped").asBoolean()).isTrue();
    assertThat(swapped(trace("s", TEN, SWAP))).isTrue();
    assertThat(
            swapped(
                trace("s", TEN, FIRST, ", \"provider\": \"a\""),
                trace("s", TEN, FEW, ", \"provider\": \"b\"")))
        .isTrue();
    assertThat(swapped(trace("s", TEN, REQUEST, ", \"provider\": \"a\""))).isFalse();
    assertThat(swapped(trace("s", TEN, REQUEST))).isFalse();
  }

  private boolean swapped(String... lines) throws Exception {
    return sessions(lines).get(0).get("swapped").asBoolean();
  }

  /** One success with a swap, one excused, two unexcused of which one has a provider, no more. */
  private static String[] fourKnown() {
    return new String[] {
      trace("a", TEN, REQUEST, ", \"provider\": \"p\""),
      trace("a", TEN, FEW),
      trace("a", TEN, SWAP),
      trace("b", TEN, REQUEST),
      trace("b", TEN, NO_ORCHESTRATOR),
      trace("c", TEN, REQUEST),
      trace("d", TEN, REQUEST, ", \"provider\": \"p\""),
      status("a", TEN, "24"),
      status("a", TEN + 1000, "24"),
      status("a", TEN + 2000, "24"),
    };
  }

  @Test
  void s6_theRatesAreThoseOfTheKnownSessionsAndExcusedOnesCountAsSuccess() throws Exception {
    JsonNode sla = sla(fourKnown());
    assertThat(sla.get("known_sessions").asInt()).isEqualTo(4);
    assertThat(sla.get("failure_rate").asDouble()).isEqualTo(0.5);
    assertThat(sla.get("swap_rate").asDouble()).isEqualTo(0.25);
    assertThat(sla.get("success_ratio").asDouble()).isEqualTo(0.5);
    assertThat(sla.get("no_swap_ratio").asDouble()).isEqualTo(0.75);
    assertThat(sla.get("missing_capacity_count").asInt()).isEqualTo(2);
    assertThat(sla.get("total_inference_minutes").asDouble()).isEqualTo(3 / 60.0);
  }

  @Test
  void s7_withoutAKnownSessionTheRatesAreNull() throws Exception {
    JsonNode sla = sla(trace("a", TEN, FEW), trace("a", TEN, SWAP));
    for (String name :
        List.of("failure_rate", "swap_rate", "success_ratio", "no_swap_ratio", "sla_score")) {
      assertThat(sla.get(name).isNull()).as(name).isTrue();
    }
    assertThat(shell.run("sla", rollups().toString())).isZero();
    assertThat(shell.out()).contains("no data").doesNotContain("null", "NaN");
  }

  @Test
  void s8_theScoreWeighsSuccessBy70AndNoSwapBy30() throws Exception {
    assertThat(sla(fourKnown()).get("sla_score").asDouble())
        .isCloseTo((0.7 * 0.5 + 0.3 * 0.75) * 100, within(1e-9));
  }

  @Test
  void s9_theJitterIsThePopulationsDeviationDividedByTheMeanWithZeros() throws Exception {
    JsonNode sla =
        sla(
            status("a", TEN, "0"),
            status("a", TEN + 1000, "30"),
            status("a", TEN + 2000, "30"),
            status("a", TEN + 3000, "20"));
    // Mean 20; deviations -20, 10, 10, 0; variance 150.
    assertThat(sla.get("avg_output_fps").asDouble()).isEqualTo(20);
    assertThat(sla.get("p95_output_fps").asDouble()).isEqualTo(30);
    assertThat(sla.get("jitter_coeff_fps").asDouble())
        .isCloseTo(Math.sqrt(150) / 20, within(1e-12));
    assertThat(sla.get("status_samples").asInt()).isEqualTo(4);
  }

  @Test
  void s9_theJitterIsNullWithoutASampleOrWithAMeanOf0() throws Exception {
    assertThat(sla(status("a", TEN, "0"), status("a", TEN, "0")).get("jitter_coeff_fps").isNull())
        .isTrue();
    JsonNode none = sla(status("a", TEN, "null"));
    assertThat(none.get("jitter_coeff_fps").isNull()).isTrue();
    assertThat(none.get("avg_output_fps").isNull()).isTrue();
    assertThat(none.get("status_samples").asInt()).isEqualTo(1);
  }

  @Test
  void s10_timesBeginAtTheRequestAndTheFirstEdgeWins() throws Exception {
    JsonNode session =
        sessions(
                trace("s", TEN + 5000, FEW),
                trace("s", TEN + 3000, FEW),
                trace("s", TEN + 1200, FIRST),
                trace("s", TEN + 1100, FIRST),
                trace("s", TEN + 100, REQUEST),
                trace("s", TEN + 400, REQUEST))
            .get(0);
    assertThat(session.get("startup_time_ms").asLong()).isEqualTo(1000);
    assertThat(session.get("prompt_to_first_frame_ms").asLong()).isEqualTo(1000);
    assertThat(session.get("e2e_latency_ms").asLong()).isEqualTo(2900);
  }

  @Test
  void s10_oneSidedAndNegativeIntervalsAreNullAndNotCounted() throws Exception {
    JsonNode sla =
        sla(
            trace("a", TEN, REQUEST),
            trace("a", TEN + 100, FIRST),
            trace("a", TEN + 300, FEW),
            trace("b", TEN, REQUEST),
            trace("c", TEN, FIRST),
            trace("d", TEN, REQUEST),
            trace("d", TEN - 1, FIRST),
            trace("d", TEN - 1, FEW),
            trace("e", TEN, REQUEST),
            trace("e", TEN, FIRST));
    assertThat(sla.get("valid_startup_time_count").asInt()).isEqualTo(2);
    assertThat(sla.get("avg_startup_time_ms").asDouble()).isEqualTo(50);
    assertThat(sla.get("valid_e2e_latency_count").asInt()).isEqualTo(1);
    assertThat(sla.get("avg_e2e_latency_ms").asDouble()).isEqualTo(300);
    JsonNode negative = sessions(trace("d", TEN, REQUEST), trace("d", TEN - 1, FIRST)).get(0);
    assertThat(negative.get("startup_time_ms").isNull()).isTrue();
    assertThat(negative.get("e2e_latency_ms").isNull()).isTrue();
  }

  @Test
  void s11_aSessionBelongsToTheHourOfItsStartAndASampleToItsOwn() throws Exception {
    sessions(
        trace("s", TEN + HOUR - 1, REQUEST),
        trace("s", TEN + HOUR, FEW),
        status("s", TEN + HOUR - 1, "10"),
        status("s", TEN + HOUR, "20"));
    assertThat(shell.run("sla", rollups().toString(), "--by", "hour", "--json")).isZero();
    JsonNode rows = Json.MAPPER.readTree(shell.out()).get("rows");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("hour").asString()).isEqualTo("2024-01-15T10:00:00Z");
    assertThat(rows.get(0).get("known_sessions").asInt()).isEqualTo(1);
    assertThat(rows.get(0).get("avg_output_fps").asDouble()).isEqualTo(10);
    assertThat(rows.get(1).get("hour").asString()).isEqualTo("2024-01-15T11:00:00Z");
    assertThat(rows.get(1).get("known_sessions").asInt()).isZero();
    assertThat(rows.get(1).get("avg_output_fps").asDouble()).isEqualTo(20);
  }

  @Test
  void s11_aFileHoldsSumsAlone() throws Exception {
    sessions(fourKnown());
    assertThat(Files.readString(rollups()))
        .contains("\"known_sessions\": 2", "\"sum_of_squares\"")
        .doesNotContain("rate\"", "ratio", "score", "avg", "p95", "jitter");
  }

  @Test
  void s12_theThreeClassesAddUpToTheKnownSessions() throws Exception {
    JsonNode sla =
        sla(
            trace("a", TEN, REQUEST),
            trace("a", TEN, FEW),
            trace("b", TEN, REQUEST),
            trace("c", TEN, REQUEST),
            trace("c", TEN, NO_ORCHESTRATOR),
            trace("unknown", TEN, FEW),
            trace("unknown", TEN, SWAP));
    assertThat(sla.get("total_sessions").asInt()).isEqualTo(4);
    assertThat(sla.get("known_sessions").asInt()).isEqualTo(3);
    assertThat(sla.get("startup_success_sessions").asInt()).isEqualTo(1);
    assertThat(sla.get("excused_sessions").asInt()).isEqualTo(1);
    assertThat(sla.get("unexcused_sessions").asInt()).isEqualTo(1);
    assertThat(sla.get("swapped_sessions").asInt()).isZero();
  }

  @Test
  void s13_noBandwidthIsInvented() throws Exception {
    sla(fourKnown());
    assertThat(shell.out()).doesNotContain("bandwidth", "mbps");
  }
}
