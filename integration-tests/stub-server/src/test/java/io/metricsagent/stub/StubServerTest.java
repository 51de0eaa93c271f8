package io.metricsagent.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StubServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private StubServer server;

  @BeforeEach
  void start() throws IOException {
    server = StubServer.start(0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersAndEntersWhatItSent() throws Exception {
    HttpResponse<String> answer = chat("Hello", "");

    assertThat(answer.body()).contains("Answer to: Hello").contains("\"prompt_tokens\":101");
    Ledger.Account account = server.ledger().account("m", "chat");
    assertThat(account.answered()).isEqualTo(1);
    assertThat(account.inputTokens()).isEqualTo(101);
    assertThat(account.outputTokens()).isEqualTo(13);
    assertThat(account.cachedTokens()).isEqualTo(5);
  }

  @Test
  void throttlesOnceForEachCall() throws Exception {
    assertThat(chat("Hi [throttle once]", "").statusCode()).isEqualTo(429);
    assertThat(chat("Hi [throttle once]", "").statusCode()).isEqualTo(200);
    assertThat(chat("Hi [throttle once]", "").statusCode()).isEqualTo(429);
    assertThat(server.ledger().account("m", "chat").throttled()).isEqualTo(2);
  }

  @Test
  void streamsTheRoleThenThePiecesThenTheUsage() throws Exception {
    HttpResponse<String> answer =
        chat("one two", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    assertThat(answer.body().lines().filter(line -> !line.isEmpty()))
        .satisfiesExactly(
            role -> assertThat(role).contains("\"role\":\"assistant\""),
            piece -> assertThat(piece).contains("\"content\":\"Answer \""),
            piece -> assertThat(piece).contains("\"content\":\"to: \""),
            piece -> assertThat(piece).contains("\"content\":\"one \""),
            piece -> assertThat(piece).contains("\"content\":\"two\""),
            finish -> assertThat(finish).contains("\"finish_reason\":\"stop\""),
            usage -> assertThat(usage).contains("\"choices\":[]").contains("\"cached_tokens\":5"),
            done -> assertThat(done).isEqualTo("data: [DONE]"));
  }

  @Test
  void breaksAStreamOff() {
    assertThatThrownBy(() -> chat("one two [cut]", ",\"stream\":true"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void asksForToolsUntilItHasAResult() throws Exception {
    assertThat(chat("Price? [use price item=bolts]", "").body())
        .contains("\"name\":\"price\"")
        .contains("{\\\"item\\\":\\\"bolts\\\"}");
    assertThat(server.ledger().toolCalls()).isEqualTo(Map.of("price", 1L));

    String result = "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"3 EUR\"}";
    assertThat(post(body("Price? [use price item=bolts]", "," + result, "")).body())
        .contains("The tools say: 3 EUR");
  }

  @Test
  void tellsTheLedgerAsJson() throws Exception {
    chat("Hi [fail]", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/ledger")).build();

    String ledger = client.send(request, BodyHandlers.ofString()).body();

    assertThat(ledger).contains("\"m chat\":{\"answered\":0,\"throttled\":0,\"failed\":1");
  }

  @Test
  void saysWhatItDidNotUnderstand() throws Exception {
    HttpResponse<String> answer = chat("Hi [trottle once]", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("unknown script: [trottle once]");
  }

  @Test
  void doesToAToolWhatItsNameSays() throws Exception {
    assertThat(tool("price").body()).contains("\"id\":7").contains("\"isError\":false");
    assertThat(tool("price-streamed").body()).startsWith("event: message\ndata: {\"jsonrpc\"");
    assertThat(tool("broken").body()).contains("\"isError\":true");
    assertThat(tool("throttled").statusCode()).isEqualTo(429);
    assertThat(tool("failing").statusCode()).isEqualTo(500);
    assertThat(tool("invention").body()).contains("\"code\":-32602");
    assertThatThrownBy(() -> tool("cut")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tool("cut-streamed")).isInstanceOf(IOException.class);
    assertThat(server.ledger().mcpRequests())
        .containsEntry("tools/call price", 1L)
        .containsEntry("tools/call cut", 1L);
  }

  private HttpResponse<String> tool(String name) throws Exception {
    return post(
        server.mcpUrl(),
        "{\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + name + "\"}}");
  }

  private HttpResponse<String> chat(String prompt, String more) throws Exception {
    return post(body(prompt, "", more));
  }

  private static String body(String prompt, String messages, String more) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + prompt
        + "\"}"
        + messages
        + "]"
        + more
        + "}";
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post(server.baseUrl() + "/chat/completions", body);
  }

  private HttpResponse<String> post(String url, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }
}
