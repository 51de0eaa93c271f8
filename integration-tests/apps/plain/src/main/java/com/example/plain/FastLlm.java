package com.example.plain;

/** A model that answers at once. */
final class FastLlm implements Llm {
  @Override
  public String complete(String prompt) {
    try {
      return "fast: " + firstWord(prompt);
    } catch (IllegalArgumentException e) {
      throw new LlmException("no answer", e);
    }
  }

  private static String firstWord(String prompt) {
    if (prompt.isEmpty()) {
      throw new IllegalArgumentException("empty prompt");
    }
    return prompt.split(" ")[0];
  }
}
