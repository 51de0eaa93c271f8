package io.metricsagent.stub;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An API for embeddings. Stateless. */
interface EmbeddingsApi extends ErrorFormat {
  /**
   * The parts of a request that the server looks at.
   *
   * @param texts the texts to embed
   */
  record Request(String model, List<String> texts) {}

  /** Reads a request; in some APIs the address has the model. */
  Request parse(URI address, String body);

  /** Returns those tokens of an answer that this API can report. */
  default Usage usage(Usage usage) {
    return usage.ofEmbedding();
  }

  /** Returns headers of an answer. */
  default Map<String, String> headers(Usage usage) {
    return Map.of();
  }

  /** Makes the body of an answer. */
  Map<String, Object> answer(Request request, Usage usage);

  /** Returns the embedding of a text. */
  static List<Object> vector(String text) {
    return List.of(0.25, 0.5, text.length() / 100.0);
  }

  /** {@code /v1/embeddings}. */
  class OpenAi implements EmbeddingsApi {
    @Override
    public Request parse(URI address, String body) {
      Map<?, ?> json = (Map<?, ?>) Json.read(body);
      List<?> texts = json.get("input") instanceof List<?> list ? list : List.of(json.get("input"));
      return new Request(model(address, json), texts.stream().map(Object::toString).toList());
    }

    String model(URI address, Map<?, ?> body) {
      return (String) body.get("model");
    }

    @Override
    public Map<String, Object> answer(Request request, Usage usage) {
      List<Object> data = new ArrayList<>();
      for (String text : request.texts()) {
        Map<String, Object> embedding = new LinkedHashMap<>();
        embedding.put("object", "embedding");
        embedding.put("index", data.size());
        embedding.put("embedding", vector(text));
        data.add(embedding);
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("object", "list");
      answer.put("data", data);
      answer.put("model", request.model());
      answer.put("usage", usage.toEmbeddingJson());
      return answer;
    }
  }

  /** {@code /openai/deployments/<model>/embeddings}, Azure's form of the API. */
  final class Deployments extends OpenAi {
    @Override
    String model(URI address, Map<?, ?> body) {
      return Api.Deployments.model(address);
    }
  }

  /** Ollama's {@code /api/embed}, whose requests are like OpenAI's. */
  final class Ollama extends OpenAi {
    private final OllamaApi chat = new OllamaApi();

    @Override
    public Map<String, Object> answer(Request request, Usage usage) {
      return Map.of(
          "model",
          request.model(),
          "embeddings",
          request.texts().stream().map(EmbeddingsApi::vector).toList(),
          "prompt_eval_count",
          usage.prompt());
    }

    @Override
    public String error(String type, String message) {
      return chat.error(type, message);
    }
  }
}
