package io.metricsagent.instrumentations.springai;

import io.metricsagent.instrumentations.operations.Accessor;
import io.metricsagent.instrumentations.operations.TokenUsage;

/**
 * {@code Usage} in the metadata of a response. One that nobody filled in says 0 and 0: nothing is
 * known then.
 */
final class ModelUsage implements TokenUsage {
  private static final Accessor USAGE = Accessor.path("getMetadata().getUsage()");
  private static final Accessor INPUT = Accessor.path("getPromptTokens()");
  private static final Accessor OUTPUT = Accessor.path("getCompletionTokens()");

  /** From 2.0 on; before, only the provider's own usage tells. */
  private static final Accessor CACHED = Accessor.path("getCacheReadInputTokens()");

  private static final Accessor WRITTEN = Accessor.path("getCacheWriteInputTokens()");
  private static final Accessor NATIVE = Accessor.path("getNativeUsage()");
  private static final Accessor OPENAI_CACHED =
      Accessor.path("promptTokensDetails().cachedTokens()");
  private static final Accessor ANTHROPIC_CACHED = Accessor.path("cacheReadInputTokens()");

  @Override
  public long input(Object response) {
    Object usage = known(response);
    long input = INPUT.readLong(usage);
    return input < 0 || !leavesOutTheCache(usage)
        ? input
        : input + Math.max(0, CACHED.readLong(usage)) + Math.max(0, WRITTEN.readLong(usage));
  }

  /**
   * Anthropic's input tokens leave out what was read from and written to its cache, and Spring AI
   * passes that on; OpenTelemetry's {@code gen_ai.usage.input_tokens} includes both.
   */
  private static boolean leavesOutTheCache(Object usage) {
    Object provided = NATIVE.read(usage);
    return provided != null && provided.getClass().getName().startsWith("com.anthropic.");
  }

  @Override
  public long output(Object response) {
    return OUTPUT.readLong(known(response));
  }

  @Override
  public long cached(Object response) {
    Object usage = known(response);
    long cached = CACHED.readLong(usage);
    if (cached >= 0) {
      return cached;
    }
    Object provided = NATIVE.read(usage);
    cached = OPENAI_CACHED.readLong(provided);
    return cached < 0 ? ANTHROPIC_CACHED.readLong(provided) : cached;
  }

  private static Object known(Object response) {
    Object usage = USAGE.read(response);
    return INPUT.readLong(usage) > 0 || OUTPUT.readLong(usage) > 0 ? usage : null;
  }
}
