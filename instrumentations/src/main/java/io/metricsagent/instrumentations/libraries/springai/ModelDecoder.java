package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamPieces;
import io.metricsagent.instrumentations.llm.UsageReader;
import io.metricsagent.instrumentations.tools.ToolLoopHandler;
import java.lang.reflect.Constructor;
import java.util.Set;

/**
 * Reads {@code Prompt} and {@code ChatResponse}, {@code EmbeddingRequest} and {@code
 * EmbeddingResponse}.
 */
final class ModelDecoder implements LlmDecoder, StreamPieces, ToolLoopHandler.Round {
  private static final Accessor REQUEST_MODEL = Accessor.path("getOptions().getModel()");
  private static final Accessor[] DEFAULT_MODELS = {
    Accessor.path("getDefaultOptions().getModel()"), Accessor.path("getOptions().getModel()"),
  };
  private static final Accessor RESPONSE_MODEL = Accessor.path("getMetadata().getModel()");
  private static final UsageReader USAGE = new ModelUsage();
  private static final Accessor TEXT = Accessor.path("getResult().getOutput().getText()");
  private static final Accessor TOOLS = Accessor.path("hasToolCalls()");
  private static final Accessor FINISH =
      Accessor.path("getResult().getMetadata().getFinishReason()");

  private static final Set<String> WOVEN_APIS =
      Set.of(
          "org.springframework.ai.openai.api.OpenAiApi",
          "org.springframework.ai.anthropic.api.AnthropicApi");

  /** Whether models of a class have a constructor that takes an API of 1.x. */
  private static final ClassValue<Boolean> ROUNDS_IN_STREAM =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            for (Class<?> parameter : constructor.getParameterTypes()) {
              if (WOVEN_APIS.contains(parameter.getName())) {
                return true;
              }
            }
          }
          return false;
        }
      };

  private final String operation;

  ModelDecoder(String operation) {
    this.operation = operation;
  }

  /** Returns the model that a prompt or a request for embeddings names. */
  static String model(Object request) {
    return REQUEST_MODEL.readString(request);
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public String provider(Object model) {
    return Providers.of(model);
  }

  @Override
  public String requestModel(Object model, Object request) {
    String name = model(request);
    for (int i = 0; name == null && i < DEFAULT_MODELS.length; i++) {
      name = DEFAULT_MODELS[i].readString(model);
    }
    return name;
  }

  @Override
  public Object answer(Object prompt, Object response, Object none) {
    return response;
  }

  @Override
  public String model(Object manager, Object prompt) {
    return model(prompt);
  }

  @Override
  public String responseModel(Object response) {
    return RESPONSE_MODEL.readString(response);
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }

  /**
   * A model's stream of 1.x continues with tools and the next round, so the streams of its API are
   * measured instead.
   */
  @Override
  public boolean measures(Object model) {
    return !ROUNDS_IN_STREAM.get(model.getClass());
  }

  @Override
  public void read(Object response, OpenStream stream) {
    if (Boolean.TRUE.equals(TOOLS.read(response))
        || (TEXT.read(response) instanceof String text && !text.isEmpty())) {
      stream.content();
    }
    if (FINISH.readString(response) != null) {
      stream.sawEnd();
    }
    stream.usage(USAGE, response);
    stream.answeringModel(RESPONSE_MODEL.readString(response));
  }
}
