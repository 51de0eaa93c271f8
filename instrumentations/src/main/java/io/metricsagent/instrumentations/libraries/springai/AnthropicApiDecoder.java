package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.Collection;
import java.util.List;

/** Reads {@code AnthropicApi} of Spring AI 1, whose input tokens exclude cached tokens. */
final class AnthropicApiDecoder extends ApiDecoder {
  private static final Accessor BLOCKS = Accessor.path("content()");
  private static final Accessor STOP = Accessor.path("stopReason()");
  private static final Accessor[] TEXTS = {Accessor.path("text()"), Accessor.path("thinking()")};
  private static final Accessor TOOL = Accessor.path("name()");

  AnthropicApiDecoder() {
    super("anthropic", usage("getBody().usage()"), usage("usage()"));
  }

  private static UsageReader usage(String path) {
    return new UsagePaths(
        path,
        List.of("inputTokens()", "cacheReadInputTokens()", "cacheCreationInputTokens()"),
        List.of("outputTokens()"),
        "cacheReadInputTokens()");
  }

  @Override
  void readContent(Object chunk, OpenStream stream) {
    if (BLOCKS.read(chunk) instanceof Collection<?> blocks
        && blocks.stream().anyMatch(AnthropicApiDecoder::isContent)) {
      stream.content();
    }
    if (STOP.readString(chunk) != null) {
      stream.sawEnd();
    }
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
