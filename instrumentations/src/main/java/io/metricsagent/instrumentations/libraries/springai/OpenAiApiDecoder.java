package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.Collection;
import java.util.List;

/** Reads {@code OpenAiApi} of Spring AI 1. */
final class OpenAiApiDecoder extends ApiDecoder {
  private static final Accessor CHOICES = Accessor.path("choices()");
  private static final Accessor FINISH = Accessor.path("finishReason()");
  private static final Accessor TEXT = Accessor.path("delta().content()");
  private static final Accessor TOOLS = Accessor.path("delta().toolCalls()");

  OpenAiApiDecoder() {
    super("openai", usage("getBody().usage()"), usage("usage()"));
  }

  private static UsageReader usage(String path) {
    return new UsagePaths(
        path,
        List.of("promptTokens()"),
        List.of("completionTokens()"),
        "promptTokensDetails().cachedTokens()");
  }

  @Override
  void readContent(Object chunk, OpenStream stream) {
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
  }
}
