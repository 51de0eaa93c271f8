package com.example.providers;

import dev.langchain4j.model.output.TokenUsage;

/** Tokens of which some came from a cache. */
public final class GenAiTokens extends TokenUsage {
  private final int cached;

  GenAiTokens(int input, int output, int cached) {
    super(input, output);
    this.cached = cached;
  }

  /** Returns how many of the input tokens came from a cache. */
  public Integer cachedContentTokenCount() {
    return cached;
  }

  @Override
  public GenAiTokens add(TokenUsage that) {
    return new GenAiTokens(
        inputTokenCount() + that.inputTokenCount(),
        outputTokenCount() + that.outputTokenCount(),
        cached);
  }
}
