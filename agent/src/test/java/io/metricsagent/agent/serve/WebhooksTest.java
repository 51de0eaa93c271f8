package io.metricsagent.agent.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.agent.redaction.Redactor;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions over HTTP, by the statement of the sessions' contract about webhooks (11). */
class WebhooksTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String START = "/telemetry/session/start";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private Webhooks hooks;
  private ApiServer server;

  private void start(boolean content) throws IOException {
    hooks =
        new Webhooks(
            new Webhooks.Options(
                "the-token", folder.resolve("sessions"), content, Redactor.with(null), 3));
    server = ApiServer.start(0, List.of(), hooks);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private HttpResponse<String> post(String path, String body, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode ok(String path, String body) throws Exception {
    HttpResponse<String> response = post(path, body, "Bearer the-token");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  private String session() throws Exception {
    JsonNode answer =
        ok(
            START,
            "{\"prompt\": \"Mail to bob@example.com\","
                + " \"metadata\": {\"user_id\": \"user123\", \"mail\": \"eve@example.com\"}}");
    assertThat(answer.propertyNames()).containsExactly("session_id");
    String id = answer.get("session_id").asString();
    assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    return id;
  }

  private static String path(String id, String step) {
    return "/telemetry/session/" + id + "/" + step;
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(folder.resolve("sessions"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("sessions"))) {
      return files.toList();
    }
  }

  private JsonNode written() throws IOException {
    assertThat(files()).hasSize(1);
    JsonNode sessions = MAPPER.readTree(Files.readAllBytes(files().get(0))).get("sessions");
    assertThat(sessions).hasSize(1);
    return sessions.get(0);
  }

  @Test
  void s11_metadataAreMetadataAndDataAreData() throws Exception {
    start(true);
    String id = session();
    assertThat(
            ok(
                path(id, "event"),
                "{\"event_type\": \"skill.invoked\", \"skill_name\": \"deploy\"}"))
        .hasToString("{\"ok\":true}");
    ok(
        path(id, "event"),
        "{\"event_type\": \"tool.called\", \"data\": {\"tool\": \"az\", \"args\": [\"create\","
            + " \"sk-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL\"]}}");
    ok(path(id, "end"), "{\"output\": \"Deployed\", \"success\": true}");

    JsonNode session = written();
    assertThat(session.get("session_id").asString()).isEqualTo(id);
    assertThat(session.get("prompt").asString()).isEqualTo("Mail to [redacted:email]");
    assertThat(session.get("output").asString()).isEqualTo("Deployed");
    assertThat(session.get("skill_name").asString()).isEqualTo("deploy");
    assertThat(session.get("success").asBoolean()).isTrue();
    assertThat(session.get("metadata").get("user_id").asString()).isEqualTo("user123");
    assertThat(session.get("metadata").get("mail").asString()).isEqualTo("[redacted:email]");
    assertThat(session.get("events")).hasSize(2);
    assertThat(session.get("tool_calls").get(0).get("tool").asString()).isEqualTo("az");
    assertThat(session.get("tool_calls").toString()).contains("create").doesNotContain("sk-abc");
  }

  @Test
  void withoutContentOnlyNamesAndFiguresAreKept() throws Exception {
    start(false);
    String id = session();
    ok(
        path(id, "event"),
        "{\"event_type\": \"tool.completed\", \"data\": {\"tool\": \"az\", \"success\": false,"
            + " \"error\": \"planted 1\", \"args\": [\"planted 2\"], \"latency_ms\": 5}}");
    ok(
        path(id, "end"),
        "{\"output\": \"planted 3\", \"success\": false, \"error\": \"planted 4\"}");
    JsonNode session = written();
    assertThat(session.toString()).doesNotContain("planted", "Mail to");
    assertThat(session.get("events").get(0).get("data"))
        .hasToString("{\"tool\":\"az\",\"success\":false,\"latency_ms\":5}");
    assertThat(session.get("success").asBoolean()).isFalse();
    assertThat(session.get("error").asString()).isEqualTo("failed");
  }

  @Test
  void longTextsAreCut() throws Exception {
    start(true);
    String id =
        ok(START, "{\"prompt\": \"" + "a".repeat(20_000) + "\"}").get("session_id").asString();
    ok(
        path(id, "event"),
        "{\"event_type\": \"x\", \"data\": {\"a\": [\"" + "b".repeat(20_000) + "\"]}}");
    ok(path(id, "end"), "{}");
    assertThat(written().get("prompt").asString()).hasSizeBetween(8000, 8192).endsWith("…");
    assertThat(written().get("events").toString()).hasSizeLessThan(9000);
  }

  @Test
  void s3_anEventOfAnUnknownOrEndedSessionIsIgnored() throws Exception {
    start(true);
    String id = session();
    ok(path(id, "end"), "{}");
    ok(path(id, "event"), "{\"event_type\": \"late\"}");
    ok(path("unknown", "event"), "{\"event_type\": \"x\"}");
    assertThat(written().get("events")).isEmpty();
    assertThat(post(path(id, "end"), "{}", "Bearer the-token").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    ",",
    "Bearer,",
    "Bearer wrong,",
    "Basic the-token,",
    "the-token,",
    "Bearer the-token-2,",
  })
  void withoutTheTokenNothingIsTaken(String authorization) throws Exception {
    start(true);
    for (String path : List.of(START, path("x", "event"), path("x", "end"))) {
      HttpResponse<String> response = post(path, "{}", authorization);
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(response.body()).doesNotContain("the-token").contains("Authorization: Bearer");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "start ! x ! no JSON",
        "start ! [] ! no JSON object",
        "start ! {} {} ! no JSON",
        "start ! {\"prompt\": 1} ! prompt: give a text",
        "start ! {\"metadata\": []} ! metadata: give an object",
        "start ! {\"prompt\": \"a\", \"prompt\": \"b\"} ! no JSON",
        "x/event ! {} ! event_type",
        "x/event ! {\"event_type\": \"  \"} ! event_type",
        "x/event ! {\"event_type\": \"a\", \"data\": 1} ! data: give an object",
        "x/end ! {\"success\": \"yes\"} ! success: give true or false",
      })
  void whatIsMalformedIsToldInOneMessage(String path, String body, String message)
      throws Exception {
    start(true);
    HttpResponse<String> response = post("/telemetry/session/" + path, body, "Bearer the-token");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(MAPPER.readTree(response.body()).get("error").asString()).contains(message);
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    start(true);
    String nested = "{\"prompt\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(post(START, nested, "Bearer the-token").statusCode()).isEqualTo(400);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws Exception {
    start(true);
    URI uri = URI.create(server.url());
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer the-token\r\n"
            .formatted(START);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket
          .getOutputStream()
          .write((head + "Content-Length: 1048577\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
    String large = "{\"prompt\": \"" + "a".repeat(HookRoute.MAX_BODY) + "\"}";
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(server.url() + START))
            .header("Authorization", "Bearer the-token")
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofString(large)))
            .build();
    assertThat(client.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(413);
  }

  /** Most clients send the whole body before they look at the answer. */
  @ParameterizedTest
  @CsvSource({"the-token, 413", "wrong, 401"})
  void aClientThatSendsAllOfALargeBodyIsToldWhatIsWrong(String token, int status) throws Exception {
    start(true);
    URI uri = URI.create(server.url());
    int length = 32 << 20; // more than the buffers of a connection take
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(START, token, length);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[length]);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 " + status).contains("{\"error\": \"");
    }
  }

  @Test
  void atMostSoManySessionsAreOpen() throws Exception {
    start(true);
    String first = session();
    session();
    session();
    HttpResponse<String> refused = post(START, "{}", "Bearer the-token");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("3 sessions are open");
    ok(path(first, "end"), "{}");
    session();
  }

  @Test
  void eventsBeyondALimitAreNotKept() throws Exception {
    start(true);
    String id = session();
    String large = "{\"event_type\": \"x\", \"data\": {\"a\": \"" + "b".repeat(1_000_000) + "\"}}";
    for (int i = 0; i < 20; i++) {
      ok(path(id, "event"), large);
    }
    ok(path(id, "end"), "{}");
    assertThat(written().get("events")).hasSize(16);
  }

  @Test
  void sessionsThatAreOpenAtTheEndAreInterrupted() throws Exception {
    start(true);
    session();
    hooks.close();
    assertThat(written().get("success").asBoolean()).isFalse();
    assertThat(written().get("error").asString()).isEqualTo("interrupted");
    assertThat(written().get("end_time").isNull()).isFalse();
  }

  @Test
  void anIdOfTheClientsNamesNoFile() throws Exception {
    start(true);
    ok(path("..%2f..%2fx", "event"), "{\"event_type\": \"x\"}");
    assertThat(post(path("..%2fx", "end"), "{}", "Bearer the-token").statusCode()).isEqualTo(404);
    assertThat(files()).isEmpty();
    ok(path(session(), "end"), "{}");
    assertThat(files().get(0).getFileName().toString())
        .matches("[0-9TZ-]+_webhook-[0-9a-f-]+-1.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(files().get(0).getParent())))
        .isEqualTo("rwx------");
  }
}
