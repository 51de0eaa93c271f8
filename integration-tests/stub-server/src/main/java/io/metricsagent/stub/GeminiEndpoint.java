package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** {@code /v1beta/models/<model>:<method>}: content, streamed content and embeddings. */
final class GeminiEndpoint {
  private final ChatEndpoint content;
  private final EmbeddingsEndpoint embedding;
  private final EmbeddingsEndpoint embeddings;

  GeminiEndpoint(Ledger ledger) {
    content = new ChatEndpoint(ledger, new GeminiApi());
    embedding = new EmbeddingsEndpoint(ledger, new GeminiEmbeddings.Single());
    embeddings = new EmbeddingsEndpoint(ledger, new GeminiEmbeddings.Batch());
  }

  void handle(HttpExchange exchange, String body) throws IOException {
    switch (GeminiApi.method(exchange.getRequestURI())) {
      case "embedContent" -> embedding.handle(exchange, body);
      case "batchEmbedContents" -> embeddings.handle(exchange, body);
      default -> content.handle(exchange, body);
    }
  }
}
