package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.UsageReader;

/**
 * Reads {@code TokenUsage} of the Converse API.
 *
 * <p>For most models, {@code inputTokens} excludes tokens read from and written to a cache, as AWS
 * documents; for some models, it includes both. {@code totalTokens} always has all input and
 * output, so the input is computed from it. This also works with old clients, which have no getters
 * for cached tokens.
 */
final class ConverseUsage implements UsageReader {
  private static final Accessor USAGE = Accessor.path("usage()");
  private static final Accessor INPUT = Accessor.path("inputTokens()");
  private static final Accessor OUTPUT = Accessor.path("outputTokens()");
  private static final Accessor TOTAL = Accessor.path("totalTokens()");
  private static final Accessor CACHE_READ = Accessor.path("cacheReadInputTokens()");
  private static final Accessor CACHE_WRITE = Accessor.path("cacheWriteInputTokens()");

  @Override
  public long input(Object response) {
    Object usage = USAGE.read(response);
    long input = INPUT.readLong(usage);
    if (input < 0) {
      return input;
    }
    long allInput = TOTAL.readLong(usage) - Math.max(0, OUTPUT.readLong(usage));
    return allInput >= input
        ? allInput
        : input
            + Math.max(0, CACHE_READ.readLong(usage))
            + Math.max(0, CACHE_WRITE.readLong(usage));
  }

  @Override
  public long output(Object response) {
    return OUTPUT.readLong(USAGE.read(response));
  }

  @Override
  public long cached(Object response) {
    return CACHE_READ.readLong(USAGE.read(response));
  }
}
