package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code /v1beta/models/<model>:<method>}: content, streamed content and embeddings. */
final class GeminiEndpoint {
  private final Ledger ledger;
  private final ChatEndpoint content;

  GeminiEndpoint(Ledger ledger) {
    this.ledger = ledger;
    content = new ChatEndpoint(ledger, new GeminiApi());
  }

  void handle(HttpExchange exchange, String body) throws IOException {
    String method = GeminiApi.method(exchange.getRequestURI());
    Map<String, Object> embedding = Map.of("values", List.of(0.25, 0.5));
    switch (method) {
      case "embedContent", "batchEmbedContents" -> {
        // Nothing is said of tokens.
        ledger.answered(
            GeminiApi.model(exchange.getRequestURI()), "embeddings", false, new Usage(0, 0, 0));
        StubServer.send(
            exchange,
            200,
            Json.write(
                method.equals("embedContent")
                    ? Map.of("embedding", embedding)
                    : Map.of("embeddings", List.of(embedding))));
      }
      default -> content.handle(exchange, body);
    }
  }
}
