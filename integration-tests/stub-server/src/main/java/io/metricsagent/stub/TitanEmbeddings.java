package io.metricsagent.stub;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The embeddings of Amazon's Titan, a model that is invoked: {@code /model/<model>/invoke}. */
final class TitanEmbeddings implements EmbeddingsApi {
  private final BedrockApi bedrock = new BedrockApi();

  @Override
  public Request parse(URI address, String body) {
    Map<?, ?> json = (Map<?, ?>) Json.read(body);
    return new Request(BedrockApi.model(address), List.of((String) json.get("inputText")));
  }

  @Override
  public Map<String, String> headers(Usage usage) {
    return bedrock.headers(usage);
  }

  @Override
  public Map<String, Object> answer(Request request, Usage usage) {
    return Map.of(
        "embedding",
        EmbeddingsApi.vector(request.texts().get(0)),
        "inputTextTokenCount",
        usage.prompt());
  }

  @Override
  public String error(String type, String message) {
    return bedrock.error(type, message);
  }
}
