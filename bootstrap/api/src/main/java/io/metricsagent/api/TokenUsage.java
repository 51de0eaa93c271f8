package io.metricsagent.api;

/**
 * The tokens of one request. Immutable.
 *
 * @param inputTokens tokens of the prompt, cached ones included; {@code null} if not known
 * @param outputTokens tokens of the answer; {@code null} if not known
 * @param cachedTokens the part of the input that came from a cache; {@code null} if not known
 */
public record TokenUsage(Long inputTokens, Long outputTokens, Long cachedTokens) {
  /** Makes a usage of which the cached tokens are not known. */
  public static TokenUsage of(long inputTokens, long outputTokens) {
    return new TokenUsage(inputTokens, outputTokens, null);
  }
}
