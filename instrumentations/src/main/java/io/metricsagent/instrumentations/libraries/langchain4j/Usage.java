package io.metricsagent.instrumentations.libraries.langchain4j;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * Reads {@code TokenUsage} and the subclasses that some providers have.
 *
 * <p>The input counts of Anthropic and Bedrock exclude tokens read from and written to a cache; the
 * input counts of the other providers include them, and so does OpenTelemetry's {@code
 * gen_ai.usage.input_tokens}. Gemini's output count excludes thoughts.
 */
final class Usage implements UsageReader {
  private static final String ANTHROPIC = "dev.langchain4j.model.anthropic.AnthropicTokenUsage";
  private static final String BEDROCK = "dev.langchain4j.model.bedrock.BedrockTokenUsage";
  private static final String GEMINI = "dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage";

  private static final Accessor INPUT = Accessor.path("inputTokenCount()");
  private static final Accessor OUTPUT = Accessor.path("outputTokenCount()");
  private static final Accessor OPENAI_CACHED =
      Accessor.path("inputTokensDetails().cachedTokens()");
  private static final Accessor CACHE_READ = Accessor.path("cacheReadInputTokens()");
  private static final Accessor CACHE_CREATION = Accessor.path("cacheCreationInputTokens()");
  private static final Accessor CACHE_WRITE = Accessor.path("cacheWriteInputTokens()");
  private static final Accessor GEMINI_THOUGHTS = Accessor.path("thoughtsTokenCount()");
  private static final Accessor GEMINI_CACHED = Accessor.path("cachedContentTokenCount()");

  private final Accessor[] usages;

  /** Makes a reader of the usage at the first of {@code paths} that leads to one. */
  Usage(String... paths) {
    usages = new Accessor[paths.length];
    for (int i = 0; i < paths.length; i++) {
      usages[i] = Accessor.path(paths[i]);
    }
  }

  @Override
  public Object usageIn(Object response) {
    Object usage = null;
    for (int i = 0; usage == null && i < usages.length; i++) {
      usage = usages[i].read(response);
    }
    return usage;
  }

  @Override
  public long input(Object usage) {
    long input = INPUT.readLong(usage);
    if (input < 0 || !(isOf(ANTHROPIC, usage) || isOf(BEDROCK, usage))) {
      return input;
    }
    return input
        + Math.max(0, CACHE_READ.readLong(usage))
        + Math.max(0, CACHE_CREATION.readLong(usage))
        + Math.max(0, CACHE_WRITE.readLong(usage));
  }

  @Override
  public long output(Object usage) {
    long output = OUTPUT.readLong(usage);
    return output < 0 || !isOf(GEMINI, usage)
        ? output
        : output + Math.max(0, GEMINI_THOUGHTS.readLong(usage));
  }

  @Override
  public long cached(Object usage) {
    long cached = OPENAI_CACHED.readLong(usage);
    if (cached < 0) {
      cached = CACHE_READ.readLong(usage);
    }
    return cached < 0 ? GEMINI_CACHED.readLong(usage) : cached;
  }

  private static boolean isOf(String type, Object usage) {
    return usage.getClass().getName().equals(type);
  }
}
