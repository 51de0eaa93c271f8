package io.metricsagent.instrumentations.libraries.openai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.libraries.shared.generatedclients.EventDecoder;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.Collection;
import java.util.List;

/**
 * Reads {@code ChatCompletionCreateParams}, {@code ChatCompletion} and its chunks, and embeddings,
 * which have the same getters for model and tokens.
 *
 * <p>A stream has tokens only if the application asked for them. They are in the last chunk, which
 * has no choices.
 */
final class ChatCompletions implements LlmDecoder, EventDecoder {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final UsageReader USAGE =
      new UsagePaths(
          "usage()",
          List.of("promptTokens()"),
          List.of("completionTokens()"),
          "promptTokensDetails().cachedTokens()");

  private static final Accessor CHOICES = Accessor.path("choices()");
  private static final Accessor FINISH = Accessor.path("finishReason()");
  private static final Accessor[] CONTENTS = {
    Accessor.path("delta().content()"),
    Accessor.path("delta().toolCalls()"),
    Accessor.path("delta().refusal()"),
    Accessor.path("delta().audio()"),
    Accessor.path("delta().functionCall()"),
  };

  private final String operation;

  ChatCompletions(String operation) {
    this.operation = operation;
  }

  @Override
  public String operation() {
    return operation;
  }

  /** Returns OpenAI, unless the address belongs to another provider. */
  @Override
  public String provider(Object client) {
    return "openai";
  }

  @Override
  public String requestModel(Object client, Object request) {
    return MODEL.readString(request);
  }

  @Override
  public String responseModel(Object response) {
    return MODEL.readString(response);
  }

  @Override
  public UsageReader usage() {
    return USAGE;
  }

  @Override
  public void read(Object chunk, OpenStream stream) {
    if (CHOICES.read(chunk) instanceof Collection<?> choices) {
      boolean content = false;
      for (Object choice : choices) {
        content |= hasContent(choice);
        if (FINISH.read(choice) != null) {
          stream.sawEnd();
        }
      }
      if (content) {
        stream.content();
      }
    }
    stream.usage(USAGE, chunk);
    stream.answeringModel(MODEL.readString(chunk));
  }

  /**
   * Returns whether a choice has content: the first chunk has a role and an empty text, the last
   * chunks have a finish reason and tokens.
   */
  private static boolean hasContent(Object choice) {
    for (Accessor accessor : CONTENTS) {
      Object content = accessor.read(choice);
      if (content != null
          && !(content instanceof String text && text.isEmpty())
          && !(content instanceof Collection<?> parts && parts.isEmpty())) {
        return true;
      }
    }
    return false;
  }
}
