package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.UsageReader;

/** {@code ChatRequest}, {@code ChatResponse} and the subclasses of {@code TokenUsage}. */
final class ChatDecoder implements LlmDecoder {
  private static final Accessor PROVIDER = Accessor.path("provider()");
  private static final Accessor REQUEST_MODEL = Accessor.path("parameters().modelName()");
  private static final Accessor DEFAULT_MODEL =
      Accessor.path("defaultRequestParameters().modelName()");
  private static final Accessor RESPONSE_MODEL = Accessor.path("metadata().modelName()");
  private static final UsageReader USAGE = new Usage("tokenUsage()");

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object client) {
    return Providers.of(PROVIDER.readString(client), client);
  }

  @Override
  public String requestModel(Object client, Object request) {
    String model = REQUEST_MODEL.readString(request);
    return model == null ? DEFAULT_MODEL.readString(client) : model;
  }

  @Override
  public String responseModel(Object response) {
    return RESPONSE_MODEL.readString(response);
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
