package io.metricsagent.agent.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.agent.rollups.Counter;
import io.metricsagent.agent.rollups.Quantity;
import io.metricsagent.agent.rollups.Rollup;
import io.metricsagent.agent.rollups.RollupJson;
import io.metricsagent.agent.rollups.RollupKey;
import io.metricsagent.agent.rollups.Rollups;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiServerTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** 2024-01-15T10:00:00Z. */
  private static final long TEN = 1_705_312_800L / 3600;

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private ApiServer server;

  /** Two known sessions at ten, one of which failed without an excuse; one unknown at eleven. */
  @BeforeEach
  void start() throws Exception {
    Rollups rollups = new Rollups();
    Rollup ten = rollups.at(new RollupKey(TEN, "openai", "m", "w1", null));
    ten.add(Counter.SESSIONS, 2);
    ten.add(Counter.STREAMS, 1);
    ten.add(Counter.KNOWN, 2);
    ten.add(Counter.SUCCESS, 1);
    ten.add(Counter.UNEXCUSED, 1);
    ten.add(Counter.SWAPPED, 1);
    ten.add(Counter.STATUS_SAMPLES, 120);
    ten.distribution(Quantity.OUTPUT_RATE).add(24_000_000);
    Rollup eleven = rollups.at(new RollupKey(TEN + 1, "openai", "n", "w1", null));
    eleven.add(Counter.SESSIONS, 1);
    Files.createDirectory(folder.resolve("rollups"));
    Files.writeString(
        folder.resolve("rollups/2024-01-15_w1.jsonl"), RollupJson.lines(rollups) + "torn {\n");
    Webhooks hooks =
        new Webhooks(new Webhooks.Options("secret", folder, false, Redactor.with(null), 1));
    server = ApiServer.start(0, List.of(folder, folder.resolve("none")), hooks);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode rows(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode answer = MAPPER.readTree(response.body());
    assertThat(answer.get("skipped_lines").asInt()).isEqualTo(1);
    return answer.get("rows");
  }

  private static List<String> names(JsonNode row) {
    return new ArrayList<>(row.propertyNames());
  }

  @Test
  void gpuMetricsHasTheDocumentedFieldsByTheHour() throws Exception {
    JsonNode rows = rows("/gpu/metrics");
    assertThat(rows).hasSize(2);
    JsonNode ten = rows.get(0);
    assertThat(names(ten))
        .startsWith("hour", "adapter", "model", "worker", "experiment", "status_samples")
        .contains("startup_success_sessions", "excused_sessions", "unexcused_sessions")
        .contains("avg_output_fps", "p95_output_fps", "jitter_coeff_fps");
    assertThat(ten.get("hour").asString()).isEqualTo("2024-01-15T10:00:00Z");
    assertThat(ten.get("status_samples").asInt()).isEqualTo(120);
    assertThat(ten.get("failure_rate").asDouble()).isEqualTo(0.5);
    assertThat(ten.get("swap_rate").asDouble()).isEqualTo(0.5);
    assertThat(ten.get("avg_output_fps").asDouble()).isEqualTo(24);
    assertThat(rows.get(1).get("failure_rate").isNull()).isTrue();
    assertThat(rows.get(1).get("avg_output_fps").isNull()).isTrue();
  }

  @Test
  void networkDemandHasTheDocumentedFields() throws Exception {
    JsonNode ten = rows("/network/demand?to=2024-01-15T11:00").get(0);
    assertThat(names(ten).subList(5, 16))
        .containsExactly(
            "total_streams",
            "total_sessions",
            "total_inference_minutes",
            "known_sessions",
            "unexcused_sessions",
            "swapped_sessions",
            "missing_capacity_count",
            "fee_payment_eth",
            "output_fps_samples",
            "avg_output_fps",
            "success_ratio");
    assertThat(ten.get("total_inference_minutes").asDouble()).isEqualTo(2);
    assertThat(ten.get("fee_payment_eth").isNull()).isTrue();
    assertThat(ten.get("success_ratio").asDouble()).isEqualTo(0.5);
  }

  @Test
  void slaComplianceIsComputedFromTheSumsOfTheGroup() throws Exception {
    JsonNode rows = rows("/sla/compliance?by=adapter");
    assertThat(rows).hasSize(1);
    assertThat(names(rows.get(0)))
        .containsExactly(
            "adapter",
            "known_sessions",
            "startup_success_sessions",
            "excused_sessions",
            "unexcused_sessions",
            "swapped_sessions",
            "success_ratio",
            "no_swap_ratio",
            "sla_score");
    assertThat(rows.get(0).get("sla_score").asDouble()).isEqualTo(50);
  }

  @Test
  void aRequestSeesWhatWasAppendedAfterTheStart() throws Exception {
    Path file = folder.resolve("rollups/2024-01-15_w1.jsonl");
    String line = Files.readAllLines(file).get(0);
    Files.writeString(folder.resolve("rollups/2024-01-15_w2.jsonl"), line + "\n");
    assertThat(rows("/sla/compliance?by=adapter").get(0).get("known_sessions").asInt())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404, /gpu/metrics",
    "GET, /gpu/metrics/x, 404, /sla/compliance",
    "POST, /gpu/metrics, 405, use GET",
    "HEAD, /gpu/metrics, 405, ",
    "GET, /gpu/metrics?from=today, 400, from=today",
    "GET, /gpu/metrics?from=2024-01-02&to=2024-01-01, 400, to=2024-01-01",
    "GET, /gpu/metrics?by=region, 400, experiment",
    "GET, /gpu/metrics?region=x, 400, unknown parameter region; the parameters are by",
    "GET, /gpu/metrics?by=model&by=hour, 400, parameter by: give it at most once",
    "GET, /gpu/metrics?from=%zz, 400, percent-encoded",
  })
  void whatIsWrongIsToldInOneMessage(String method, String path, int status, String message)
      throws Exception {
    if (path.contains("%zz")) { // the client refuses to send it
      assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains(" 400 ");
      return;
    }
    HttpResponse<String> response = send(method, path);
    assertThat(response.statusCode()).isEqualTo(status);
    if (message != null) {
      assertThat(MAPPER.readTree(response.body()).get("error").asString()).contains(message);
    }
  }

  @Test
  void aNameOfAnotherMachineIsRefused() throws Exception {
    assertThat(raw("GET /gpu/metrics HTTP/1.1\r\nHost: evil.example:1\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("\"error\"");
    assertThat(raw("GET /gpu/metrics HTTP/1.1\r\nHost: LOCALHOST:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  private String raw(String request) throws Exception {
    URI uri = URI.create(server.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() {
    assertThat(server.url()).matches("http://(127\\.0\\.0\\.1|\\[.*:1]):\\d+");
  }
}
