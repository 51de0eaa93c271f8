package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * {@code ChatLanguageModel} of LangChain4j 0.x: its requests are lists of messages, and its answers
 * do not name the model. Some model classes have a getter for their name.
 */
final class GenerateDecoder implements LlmDecoder {
  private static final Accessor MODEL = Accessor.path("modelName()");
  private static final UsageReader USAGE = new Usage("tokenUsage()");

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object model) {
    return Providers.of(null, model);
  }

  @Override
  public String requestModel(Object model, Object messages) {
    return MODEL.readString(model);
  }

  @Override
  public String responseModel(Object response) {
    return null;
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }
}
