package io.metricsagent.instrumentations.libraries.shared.gemini;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.UsagePaths;
import io.metricsagent.instrumentations.llm.UsageReader;
import java.util.List;

/**
 * What an answer of Gemini, whole or a piece of a stream, says of itself. Stateless.
 *
 * <p>Prompt tokens include cached ones; candidates' tokens leave out thoughts. Each piece of a
 * stream says the sums so far.
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

  /** Returns how to read the tokens of an answer. */
  public static UsageReader usage() {
    return USAGE;
  }

  /** Returns the model that answered, or {@code null}. */
  public static String model(Object answer) {
    return MODEL.readString(answer);
  }
}
