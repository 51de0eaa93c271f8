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
 * {@code AnthropicApi} of Spring AI 1: the only place where the usage of one request is not added
 * to that of the rounds before it, and where cached tokens are told. They are no part of the input
 * tokens there.
 */
final class AnthropicApiDecoder implements LlmDecoder, LlmFluxHandler.Pieces {
  private static final Accessor MODEL = Accessor.path("model()");
  private static final Accessor ANSWERING_MODEL = Accessor.path("getBody().model()");
  private static final TokenUsage USAGE = usage("getBody().usage()");
  private static final TokenUsage CHUNK_USAGE = usage("usage()");
  private static final Accessor BLOCKS = Accessor.path("content()");
  private static final Accessor STOP = Accessor.path("stopReason()");
  private static final Accessor[] TEXTS = {Accessor.path("text()"), Accessor.path("thinking()")};
  private static final Accessor TOOL = Accessor.path("name()");

  @Override
  public String operation() {
    return "chat";
  }

  @Override
  public String provider(Object api) {
    return "anthropic";
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
        List.of("inputTokens()", "cacheReadInputTokens()", "cacheCreationInputTokens()"),
        List.of("outputTokens()"),
        "cacheReadInputTokens()");
  }

  @Override
  public void read(Object chunk, OpenStream stream) {
    if (!stream.hasContent() && BLOCKS.read(chunk) instanceof Collection<?> blocks) {
      for (Object block : blocks) {
        if (isContent(block)) {
          stream.content();
        }
      }
    }
    if (STOP.readString(chunk) != null) {
      stream.sawEnd();
    }
    stream.usage(CHUNK_USAGE, chunk);
    stream.answeringModel(MODEL.readString(chunk));
  }

  private static boolean isContent(Object block) {
    for (Accessor accessor : TEXTS) {
      if (accessor.read(block) instanceof String text && !text.isEmpty()) {
        return true;
      }
    }
    return TOOL.readString(block) != null;
  }
}
