package io.metricsagent.instrumentations.libraries.googleadk;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.libraries.shared.gemini.GeminiAnswers;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamPieces;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.Locale;

/**
 * Reads {@code LlmRequest} and {@code LlmResponse}, which has the same getters for tokens as
 * Gemini's answers.
 */
final class ModelDecoder implements LlmDecoder, StreamPieces {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor PARTIAL = Accessor.path("partial()");

  @Override
  public String operation() {
    return "chat";
  }

  /**
   * Returns the provider; an application's own model has the name of its class: {@code LlamaLlm} is
   * {@code llama}.
   */
  @Override
  public String provider(Object client) {
    String name = ClassNames.of(client).toLowerCase(Locale.ROOT);
    return name.endsWith("llm") && name.length() > 3 ? name.substring(0, name.length() - 3) : name;
  }

  @Override
  public String requestModel(Object client, Object request) {
    String model = MODEL.readString(request);
    return model == null ? MODEL.readString(client) : model;
  }

  @Override
  public String responseModel(Object response) {
    return GeminiAnswers.model(response);
  }

  @Override
  public UsageReader usage() {
    return GeminiAnswers.usage();
  }

  /** A streamed answer ends with a response that has the texts of all partial ones. */
  @Override
  public boolean repeats(Object response, OpenStream stream) {
    return stream.hasContent() && !Boolean.TRUE.equals(PARTIAL.read(response));
  }

  @Override
  public void read(Object response, OpenStream stream) {
    if (Boolean.TRUE.equals(PARTIAL.read(response))) {
      stream.content();
    } else {
      stream.sawEnd();
    }
    stream.usage(usage(), response);
    stream.answeringModel(responseModel(response));
  }
}
