package io.metricsagent.instrumentations.libraries.springai;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * Reads {@code Usage} in the metadata of a response. If the library has not filled it in, input and
 * output are both 0 and count as unknown.
 */
final class ModelUsage implements UsageReader {
  private static final Accessor USAGE = Accessor.path("getMetadata().getUsage()");
  private static final Accessor INPUT = Accessor.path("getPromptTokens()");
  private static final Accessor OUTPUT = Accessor.path("getCompletionTokens()");
  private static final Accessor TOTAL = Accessor.path("getTotalTokens()");

  /** Exists from 2.0 on; in earlier versions, only the provider's own usage has the number. */
  private static final Accessor CACHED = Accessor.path("getCacheReadInputTokens()");

  private static final Accessor WRITTEN = Accessor.path("getCacheWriteInputTokens()");
  private static final Accessor NATIVE = Accessor.path("getNativeUsage()");
  private static final Accessor OPENAI_CACHED =
      Accessor.path("promptTokensDetails().cachedTokens()");

  /** The getter in the usage classes of Anthropic and of Bedrock. */
  private static final Accessor CACHE_READ = Accessor.path("cacheReadInputTokens()");

  private static final Accessor BEDROCK_WRITTEN = Accessor.path("cacheWriteInputTokens()");

  /**
   * Anthropic's and Bedrock's input tokens exclude tokens read from and written to a cache, and
   * Spring AI passes them on unchanged. OpenTelemetry's {@code gen_ai.usage.input_tokens} includes
   * both.
   */
  @Override
  public long input(Object response) {
    Object usage = known(response);
    long input = INPUT.readLong(usage);
    Object provided = NATIVE.read(usage);
    if (input < 0 || provided == null) {
      return input;
    }
    String type = provided.getClass().getName();
    if (type.startsWith("com.anthropic.")) {
      return input + Math.max(0, CACHED.readLong(usage)) + Math.max(0, WRITTEN.readLong(usage));
    }
    return type.startsWith("software.amazon.awssdk.") ? ofBedrock(input, usage, provided) : input;
  }

  /**
   * Returns the input tokens of a Bedrock model. The count of some models includes cached tokens;
   * the total shows whether it does.
   */
  private static long ofBedrock(long input, Object usage, Object provided) {
    long allInput = TOTAL.readLong(usage) - Math.max(0, OUTPUT.readLong(usage));
    return allInput >= input
        ? allInput
        : input
            + Math.max(0, CACHE_READ.readLong(provided))
            + Math.max(0, BEDROCK_WRITTEN.readLong(provided));
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
    return cached < 0 ? CACHE_READ.readLong(provided) : cached;
  }

  private static Object known(Object response) {
    Object usage = USAGE.read(response);
    return INPUT.readLong(usage) > 0 || OUTPUT.readLong(usage) > 0 ? usage : null;
  }
}
