package io.metricsagent.instrumentations.libraries.googlegenai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.libraries.shared.gemini.GeminiAnswers;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.Collection;

/**
 * Reads {@code GenerateContentResponse}, either a whole answer or a piece of a stream, and {@code
 * EmbedContentResponse}. The first argument of a call is the model.
 */
final class ContentDecoder implements LlmDecoder {
  private static final Accessor VERTEX = Accessor.path("vertexAI()");

  private static final Accessor CANDIDATES = Accessor.path("candidates()");
  private static final Accessor FINISH = Accessor.path("finishReason()");
  private static final Accessor PARTS = Accessor.path("content().parts()");
  private static final Accessor TEXT = Accessor.path("text()");
  private static final Accessor[] CONTENTS = {
    Accessor.path("functionCall()"),
    Accessor.path("inlineData()"),
    Accessor.path("executableCode()"),
    Accessor.path("codeExecutionResult()"),
  };

  private final String operation;

  /** Makes a decoder of requests with the given {@code gen_ai.operation.name}. */
  ContentDecoder(String operation) {
    this.operation = operation;
  }

  @Override
  public String operation() {
    return operation;
  }

  /** Models have no getter for the provider, but the client that they send with does. */
  @Override
  public String provider(Object client) {
    return Boolean.TRUE.equals(VERTEX.read(client)) ? "gcp.vertex_ai" : "gcp.gemini";
  }

  /** Returns the end of {@code models/gemini-2.5-flash} and of longer paths. */
  @Override
  public String requestModel(Object client, Object model) {
    String path = (String) model;
    return path == null || path.isBlank() ? null : path.substring(path.lastIndexOf('/') + 1);
  }

  /** The second argument has the contents. */
  @Override
  public Object content(Object model, Object contents) {
    return contents;
  }

  @Override
  public String responseModel(Object response) {
    return GeminiAnswers.model(response);
  }

  @Override
  public UsageReader usage() {
    return GeminiAnswers.usage();
  }

  /**
   * Reports to {@code stream} what a piece means that arrived at {@code arrivedNanos}.
   *
   * @param waitedNanos the time that the application had waited for pieces until then
   */
  void read(Object piece, long arrivedNanos, long waitedNanos, OpenStream stream) {
    if (CANDIDATES.read(piece) instanceof Collection<?> candidates) {
      boolean content = false;
      for (Object candidate : candidates) {
        content |= hasContent(candidate);
        if (FINISH.read(candidate) != null) {
          stream.sawEnd();
        }
      }
      if (content) {
        stream.content(arrivedNanos, waitedNanos);
      }
    }
    stream.usage(usage(), piece);
    stream.answeringModel(responseModel(piece));
  }

  private static boolean hasContent(Object candidate) {
    if (!(PARTS.read(candidate) instanceof Collection<?> parts)) {
      return false;
    }
    for (Object part : parts) {
      if (TEXT.read(part) instanceof String text && !text.isEmpty()) {
        return true;
      }
      for (Accessor accessor : CONTENTS) {
        if (accessor.read(part) != null) {
          return true;
        }
      }
    }
    return false;
  }
}
