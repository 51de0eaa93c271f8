package io.metricsagent.instrumentations.springai;

import io.metricsagent.instrumentations.operations.Accessor;
import io.metricsagent.instrumentations.operations.LlmDecoder;
import io.metricsagent.instrumentations.operations.LlmFluxHandler;
import io.metricsagent.instrumentations.operations.OpenStream;
import java.util.Collection;

/**
 * {@code OpenAiApi} of Spring AI 1: the only place where the usage of one request is not added to
 * that of the rounds before it.
 */
final class OpenAiApiDecoder implements LlmDecoder, LlmFluxHandler.Pieces {
  private static final Accessor BODY = Accessor.path("getBody()");
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor USAGE = Accessor.path("usage()");
  private static final Accessor INPUT = Accessor.path("promptTokens()");
  private static final Accessor OUTPUT = Accessor.path("completionTokens()");
  private static final Accessor CACHED = Accessor.path("promptTokensDetails().cachedTokens()");
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
    return MODEL.readString(BODY.read(entity));
  }

  @Override
  public long inputTokens(Object entity) {
    return INPUT.readLong(USAGE.read(BODY.read(entity)));
  }

  @Override
  public long outputTokens(Object entity) {
    return OUTPUT.readLong(USAGE.read(BODY.read(entity)));
  }

  @Override
  public long cachedTokens(Object entity) {
    return CACHED.readLong(USAGE.read(BODY.read(entity)));
  }

  @Override
  public void read(Object chunk, OpenStream stream) {
    if (CHOICES.read(chunk) instanceof Collection<?> choices) {
      for (Object choice : choices) {
        if (!stream.hasContent()
            && ((TEXT.read(choice) instanceof String text && !text.isEmpty())
                || (TOOLS.read(choice) instanceof Collection<?> calls && !calls.isEmpty()))) {
          stream.content();
        }
        if (FINISH.read(choice) != null) {
          stream.sawEnd();
        }
      }
    }
    Object usage = USAGE.read(chunk);
    if (usage != null) {
      stream.usage(INPUT.readLong(usage), OUTPUT.readLong(usage), CACHED.readLong(usage));
    }
    stream.answeringModel(MODEL.readString(chunk));
  }
}
