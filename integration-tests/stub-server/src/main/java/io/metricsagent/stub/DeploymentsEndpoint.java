package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Azure's {@code /openai/deployments/<model>/}: chat completions and embeddings. */
final class DeploymentsEndpoint {
  private final ChatEndpoint chat;
  private final EmbeddingsEndpoint embeddings;

  DeploymentsEndpoint(Ledger ledger) {
    chat = new ChatEndpoint(ledger, new Api.Deployments());
    embeddings = new EmbeddingsEndpoint(ledger, new EmbeddingsApi.Deployments());
  }

  void handle(HttpExchange exchange, String body) throws IOException {
    if (exchange.getRequestURI().getPath().endsWith("/embeddings")) {
      embeddings.handle(exchange, body);
    } else {
      chat.handle(exchange, body);
    }
  }
}
