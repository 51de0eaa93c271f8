package io.metricsagent.instrumentations.springai;

import io.metricsagent.instrumentations.operations.Accessor;
import io.metricsagent.instrumentations.operations.LlmDecoder;
import io.metricsagent.instrumentations.operations.LlmFluxHandler;
import io.metricsagent.instrumentations.operations.OpenStream;
import io.metricsagent.instrumentations.operations.TokenUsage;
import io.metricsagent.instrumentations.operations.UsagePaths;
import java.util.Collection;
import java.util.List;

/**
 * {@code OpenAiApi} of Spring AI 1: the only place where the usage of one request is not added to
 * that of the rounds before it.
 */
final class OpenAiApiDecoder implements LlmDecoder, LlmFluxHandler.Pieces {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor ANSWERING_MODEL = Accessor.path("getBody().model()");
  private static final TokenUsage USAGE = usage("getBody().usage()");
  private static final TokenUsage CHUNK_USAGE = usage("usage()");
  private static final Accessor CHOICES = Accessor.path("choices()");
  private static final Accessor FINISH = Accessor.path("finishReason()");
  private static final Accessor TEXT = Accessor.path("delta().content()");
  private static final Accessor TOOLS = Accessor.path("delta().toolCalls()");

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object api) {
    return "openai";
  }

  @Override
  public String requestModel(Object api, Object request) {
    return MODEL.readString(request);
  }

  @Override
  public String responseModel(Object entity) {
    return ANSWERING_MODEL.readString(entity);
  }

  @Override
  public TokenUsage usage() {
    return USAGE;
  }

  private static TokenUsage usage(String path) {
    return new UsagePaths(
        path,
        List.of("promptTokens()"),
        List.of("completionTokens()"),
        "promptTokensDetails().cachedTokens()");
  }

  @Override
  public void read(Object chunk, OpenStream stream) {
    if (CHOICES.read(chunk) instanceof Collection<?> choices) {
      boolean content = false;
      for (Object choice : choices) {
        content |=
            (TEXT.read(choice) instanceof String text && !text.isEmpty())
                || (TOOLS.read(choice) instanceof Collection<?> calls && !calls.isEmpty());
        if (FINISH.read(choice) != null) {
          stream.sawEnd();
        }
      }
      if (content) {
        stream.content();
      }
    }
    stream.usage(CHUNK_USAGE, chunk);
    stream.answeringModel(MODEL.readString(chunk));
  }
}
