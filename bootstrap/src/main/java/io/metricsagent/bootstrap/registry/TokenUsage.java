package io.metricsagent.bootstrap.registry;

/**
 * Tokens of one request.
 *
 * @param inputTokens input tokens, cached ones included, or {@code null} when not known
 * @param outputTokens output tokens, or {@code null} when not known
 * @param cachedTokens input tokens served from a cache, or {@code null} when not known
 */
public record TokenUsage(Long inputTokens, Long outputTokens, Long cachedTokens) {}
