package io.metricsagent.stub;

import java.util.Map;

/**
 * Tokens of one answer. They differ from answer to answer, so that a mix-up is visible in the sums.
 *
 * @param prompt input tokens, cached ones included
 * @param completion output tokens
 * @param cached the input tokens that are reported as read from a cache
 */
record Usage(long prompt, long completion, long cached) {
  /** Returns the usage of the n-th answer of a server. */
  static Usage ofAnswer(long n) {
    return new Usage(100 + n, 10 + n * 3 % 17, n * 5 % 64);
  }

  /** Returns the usage of an embedding, which has no output tokens and no cached ones. */
  Usage ofEmbedding() {
    return new Usage(prompt, 0, 0);
  }

  Map<String, Object> toChatJson() {
    return Map.of(
        "prompt_tokens",
        prompt,
        "completion_tokens",
        completion,
        "total_tokens",
        prompt + completion,
        "prompt_tokens_details",
        Map.of("cached_tokens", cached));
  }

  Map<String, Object> toResponseJson() {
    return Map.of(
        "input_tokens",
        prompt,
        "input_tokens_details",
        Map.of("cached_tokens", cached),
        "output_tokens",
        completion,
        "output_tokens_details",
        Map.of("reasoning_tokens", 0L),
        "total_tokens",
        prompt + completion);
  }

  /**
   * Returns Anthropic's form, in which input tokens exclude those read from a cache and those
   * written to one.
   */
  Map<String, Object> toMessageJson(long outputSoFar) {
    long written = 9;
    return Map.of(
        "input_tokens",
        prompt - cached - written,
        "cache_read_input_tokens",
        cached,
        "cache_creation_input_tokens",
        written,
        "output_tokens",
        outputSoFar);
  }

  /** Returns Gemini's form, in which the tokens of candidates exclude thoughts. */
  Map<String, Object> toContentJson(long outputSoFar) {
    long thoughts = 2;
    return Map.of(
        "promptTokenCount",
        prompt,
        "cachedContentTokenCount",
        cached,
        "candidatesTokenCount",
        outputSoFar - thoughts,
        "thoughtsTokenCount",
        thoughts,
        "totalTokenCount",
        prompt + outputSoFar);
  }

  Map<String, Object> toEmbeddingJson() {
    return Map.of("prompt_tokens", prompt, "total_tokens", prompt);
  }
}
