package io.metricsagent.instrumentations.libraries.shared.gemini;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.List;

/**
 * Reads the metadata of an answer of Gemini, either a whole answer or a piece of a stream.
 * Stateless.
 *
 * <p>The prompt's token count includes cached tokens; the candidates' token count excludes
 * thoughts. Each piece of a stream has the sums of all pieces so far.
 */
public final class GeminiAnswers {
  private static final Accessor MODEL = Accessor.path("modelVersion()");
  private static final UsageReader USAGE =
      new UsagePaths(
          "usageMetadata()",
          List.of("promptTokenCount()", "toolUsePromptTokenCount()"),
          List.of("candidatesTokenCount()", "thoughtsTokenCount()"),
          "cachedContentTokenCount()");

  private GeminiAnswers() {}

  /** Returns the reader of an answer's tokens. */
  public static UsageReader usage() {
    return USAGE;
  }

  /** Returns the model that answered, or {@code null}. */
  public static String model(Object answer) {
    return MODEL.readString(answer);
  }
}
