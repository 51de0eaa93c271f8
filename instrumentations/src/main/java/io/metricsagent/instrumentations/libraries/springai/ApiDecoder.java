package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.LlmDecoder;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.StreamPieces;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * Reads a client of Spring AI 1, below its models. Only the client shows the usage of one request;
 * the model adds it to the usage of the rounds before.
 */
abstract class ApiDecoder implements LlmDecoder, StreamPieces {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor ANSWERING_MODEL = Accessor.path("getBody().model()");

  private final String provider;
  private final UsageReader usage;
  private final UsageReader chunkUsage;

  /**
   * Makes a decoder.
   *
   * @param usage reads the tokens of an answer, which is a {@code ResponseEntity} of Spring
   * @param chunkUsage reads the tokens of a piece of a streamed answer
   */
  ApiDecoder(String provider, UsageReader usage, UsageReader chunkUsage) {
    this.provider = provider;
    this.usage = usage;
    this.chunkUsage = chunkUsage;
  }

  /** Reports whether a piece has content, and whether it is the last piece with content. */
  abstract void readContent(Object chunk, OpenStream stream);

  @Override
  public final String operation() {
    return "chat";
  }

  @Override
  public final String provider(Object api) {
    return provider;
  }

  @Override
  public final String requestModel(Object api, Object request) {
    return MODEL.readString(request);
  }

  @Override
  public final String responseModel(Object entity) {
    return ANSWERING_MODEL.readString(entity);
  }

  @Override
  public final UsageReader usage() {
    return usage;
  }

  @Override
  public final void read(Object chunk, OpenStream stream) {
    readContent(chunk, stream);
    stream.usage(chunkUsage, chunk);
    stream.answeringModel(MODEL.readString(chunk));
  }
}
