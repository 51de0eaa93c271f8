package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.UsageReader;

/** {@code Response} with one or several embeddings, and {@code EmbeddingResponse} from 1.18 on. */
final class EmbeddingDecoder implements LlmDecoder {
  private static final Accessor PROVIDER = Accessor.path("provider()");
  private static final Accessor MODEL = Accessor.path("modelName()");
  private static final Accessor REQUEST_MODEL = Accessor.path("parameters().modelName()");
  private static final Accessor RESPONSE_MODEL = Accessor.path("metadata().modelName()");
  private static final UsageReader USAGE = new Usage("tokenUsage()", "metadata().tokenUsage()");

  @Override
  public String operation() {
    return "embeddings";
  }

  @Override
  public String provider(Object client) {
    return Providers.of(PROVIDER.readString(client), client);
  }

  @Override
  public String requestModel(Object client, Object request) {
    String model = known(REQUEST_MODEL.readString(request));
    return model == null ? known(MODEL.readString(client)) : model;
  }

  /** Returns {@code null} for "unknown", the default of {@code EmbeddingModel.modelName()}. */
  private static String known(String model) {
    return "unknown".equals(model) ? null : model;
  }

  @Override
  public String responseModel(Object response) {
    return known(RESPONSE_MODEL.readString(response));
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }

  @Override
  public boolean saysNotAsked(Throwable error) {
    return AsyncModels.saysNotSupported(error);
  }
}
