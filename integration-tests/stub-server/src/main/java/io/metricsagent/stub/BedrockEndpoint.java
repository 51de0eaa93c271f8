package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** {@code /model/<model>/<action>}: models with "embed" in their names answer with embeddings. */
final class BedrockEndpoint {
  private final ChatEndpoint chat;
  private final EmbeddingsEndpoint embeddings;

  BedrockEndpoint(Ledger ledger) {
    chat = new ChatEndpoint(ledger, new BedrockApi());
    embeddings = new EmbeddingsEndpoint(ledger, new TitanEmbeddings());
  }

  void handle(HttpExchange exchange, String body) throws IOException {
    if (BedrockApi.model(exchange.getRequestURI()).contains("embed")) {
      embeddings.handle(exchange, body);
    } else {
      chat.handle(exchange, body);
    }
  }
}
