package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * Answers requests for embeddings in the format of one API. A text may contain a {@link Script}, as
 * prompts may.
 */
final class EmbeddingsEndpoint {
  private static final String EMBEDDINGS = "embeddings";

  private final Ledger ledger;
  private final EmbeddingsApi api;
  private final Faults faults;

  EmbeddingsEndpoint(Ledger ledger, EmbeddingsApi api) {
    this.ledger = ledger;
    this.api = api;
    faults = new Faults(ledger, EMBEDDINGS, api);
  }

  void handle(HttpExchange exchange, String body) throws IOException {
    EmbeddingsApi.Request request = api.parse(exchange.getRequestURI(), body);
    Script script = Script.parse(String.join(", ", request.texts()));
    if (!faults.send(exchange, request.model(), script)) {
      Usage usage = api.usage(ledger.nextUsage());
      ledger.answered(request.model(), EMBEDDINGS, false, usage);
      api.headers(usage).forEach(exchange.getResponseHeaders()::set);
      StubServer.send(exchange, 200, Json.write(api.answer(request, usage)));
    }
  }
}
