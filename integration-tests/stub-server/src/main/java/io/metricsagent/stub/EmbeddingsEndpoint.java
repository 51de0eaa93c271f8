package io.metricsagent.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Embeddings in the words of OpenAI; a text may say what goes wrong, as a prompt may. */
final class EmbeddingsEndpoint {
  private static final String EMBEDDINGS = "embeddings";

  private final Ledger ledger;

  /** Texts whose first attempt was throttled and whose second is to come. */
  private final Set<String> throttledOnce = ConcurrentHashMap.newKeySet();

  EmbeddingsEndpoint(Ledger ledger) {
    this.ledger = ledger;
  }

  @SuppressWarnings("unchecked") // the shapes are those of the API; another one ends in a 400
  void handle(HttpExchange exchange, String body) throws IOException {
    Map<String, Object> request = (Map<String, Object>) Json.read(body);
    String model = (String) request.get("model");
    Object input = request.get("input");
    List<Object> inputs = input instanceof List<?> list ? (List<Object>) list : List.of(input);
    String text = inputs.toString();
    switch (Script.parse(text.substring(1, text.length() - 1)).fault()) {
      case THROTTLE_ONCE -> {
        if (throttledOnce.add(model + " " + text)) {
          throttle(exchange, model);
        } else {
          throttledOnce.remove(model + " " + text);
          answer(exchange, model, inputs);
        }
      }
      case THROTTLE_ALWAYS -> throttle(exchange, model);
      case FAIL -> {
        ledger.failed(model, EMBEDDINGS);
        StubServer.sendError(exchange, 500, "server_error", "The server had an error");
      }
      case MALFORMED -> {
        ledger.broken(model, EMBEDDINGS);
        StubServer.send(exchange, 200, "{\"data\": [ this is no JSON");
      }
      case CUT -> throw new IllegalArgumentException("embeddings are no stream to cut");
      case NONE -> answer(exchange, model, inputs);
    }
  }

  private void throttle(HttpExchange exchange, String model) throws IOException {
    ledger.throttled(model, EMBEDDINGS);
    StubServer.sendError(exchange, 429, "rate_limit_exceeded", "Rate limit reached");
  }

  private void answer(HttpExchange exchange, String model, List<Object> inputs) throws IOException {
    List<Object> data = new ArrayList<>();
    for (Object input : inputs) {
      Map<String, Object> embedding = new LinkedHashMap<>();
      embedding.put("object", "embedding");
      embedding.put("index", data.size());
      embedding.put("embedding", List.of(0.25, 0.5, input.toString().length() / 100.0));
      data.add(embedding);
    }
    Usage usage = ledger.nextUsage().ofEmbedding();
    ledger.answered(model, EMBEDDINGS, false, usage);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("object", "list");
    answer.put("data", data);
    answer.put("model", model);
    answer.put("usage", usage.toEmbeddingJson());
    StubServer.send(exchange, 200, Json.write(answer));
  }
}
