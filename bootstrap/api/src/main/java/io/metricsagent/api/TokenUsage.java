package io.metricsagent.api;

/**
 * The tokens of one request. Immutable.
 *
 * @param inputTokens tokens of the prompt, including cached tokens; {@code null} if not known
 * @param outputTokens tokens of the answer; {@code null} if not known
 * @param cachedTokens the part of the input that came from a cache; {@code null} if not known
 */
public record TokenUsage(Long inputTokens, Long outputTokens, Long cachedTokens) {
  /** Makes a usage with an unknown number of cached tokens. */
  public static TokenUsage of(long inputTokens, long outputTokens) {
    return new TokenUsage(inputTokens, outputTokens, null);
  }
}
