package io.metricsagent.instrumentations.langchain4j;

import io.metricsagent.instrumentations.operations.Accessor;

/**
 * {@code TokenUsage} and its subclasses by provider.
 *
 * <p>Anthropic's input count leaves out what was read from and written to its cache;
 * OpenTelemetry's {@code gen_ai.usage.input_tokens} includes both. The others include them.
 */
final class Usage {
  private static final Accessor INPUT = Accessor.path("inputTokenCount()");
  private static final Accessor OUTPUT = Accessor.path("outputTokenCount()");
  private static final Accessor OPENAI_CACHED =
      Accessor.path("inputTokensDetails().cachedTokens()");
  private static final Accessor CACHE_READ = Accessor.path("cacheReadInputTokens()");
  private static final Accessor CACHE_CREATION = Accessor.path("cacheCreationInputTokens()");
  private static final Accessor GEMINI_CACHED = Accessor.path("cachedContentTokenCount()");

  private Usage() {}

  static long input(Object usage) {
    long input = INPUT.readLong(usage);
    if (input < 0 || !isAnthropic(usage)) {
      return input;
    }
    return input
        + Math.max(0, CACHE_READ.readLong(usage))
        + Math.max(0, CACHE_CREATION.readLong(usage));
  }

  static long output(Object usage) {
    return OUTPUT.readLong(usage);
  }

  static long cached(Object usage) {
    long cached = OPENAI_CACHED.readLong(usage);
    if (cached < 0) {
      cached = CACHE_READ.readLong(usage);
    }
    return cached < 0 ? GEMINI_CACHED.readLong(usage) : cached;
  }

  private static boolean isAnthropic(Object usage) {
    return usage.getClass().getName().equals("dev.langchain4j.model.anthropic.AnthropicTokenUsage");
  }
}
