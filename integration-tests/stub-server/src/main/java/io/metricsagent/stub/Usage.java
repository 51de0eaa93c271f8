package io.metricsagent.stub;

import java.util.Map;

/**
 * Tokens of one answer, different from answer to answer so that a mix-up shows in the sums.
 *
 * @param prompt input tokens, cached ones included
 * @param completion output tokens
 * @param cached input tokens said to come from a cache
 */
record Usage(long prompt, long completion, long cached) {
  /** The usage of the n-th answer of a server. */
  static Usage ofAnswer(long n) {
    return new Usage(100 + n, 10 + n * 3 % 17, n * 5 % 64);
  }

  /** An embedding has no output and no cache. */
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

  /** Anthropic's input tokens leave out those read from a cache and those written to one. */
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

  /** Gemini's candidates leave out thoughts. */
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
