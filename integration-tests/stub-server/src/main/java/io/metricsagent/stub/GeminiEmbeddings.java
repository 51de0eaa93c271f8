package io.metricsagent.stub;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Gemini's embeddings, whose answers have no token numbers. */
abstract class GeminiEmbeddings implements EmbeddingsApi {
  private final GeminiApi content = new GeminiApi();

  /** Returns the parts of a request to embed, each with a {@code content}. */
  abstract List<?> contents(Map<?, ?> body);

  @Override
  public final Request parse(URI address, String body) {
    return new Request(
        GeminiApi.model(address),
        contents((Map<?, ?>) Json.read(body)).stream().map(GeminiEmbeddings::text).toList());
  }

  private static String text(Object request) {
    return ChatRequest.text(((Map<?, ?>) ((Map<?, ?>) request).get("content")).get("parts"));
  }

  @Override
  public final Usage usage(Usage usage) {
    return new Usage(0, 0, 0);
  }

  @Override
  public final String error(String type, String message) {
    return content.error(type, message);
  }

  private static Map<String, Object> embedding(String text) {
    return Map.of("values", EmbeddingsApi.vector(text));
  }

  /** {@code embedContent}. */
  static final class Single extends GeminiEmbeddings {
    @Override
    List<?> contents(Map<?, ?> body) {
      return List.of(body);
    }

    @Override
    public Map<String, Object> answer(Request request, Usage usage) {
      return Map.of("embedding", embedding(request.texts().get(0)));
    }
  }

  /** {@code batchEmbedContents}. */
  static final class Batch extends GeminiEmbeddings {
    @Override
    List<?> contents(Map<?, ?> body) {
      return (List<?>) body.get("requests");
    }

    @Override
    public Map<String, Object> answer(Request request, Usage usage) {
      return Map.of(
          "embeddings", request.texts().stream().map(GeminiEmbeddings::embedding).toList());
    }
  }
}
