package com.example.plain;

/** A language model. */
public interface Llm {
  /**
   * Answers a prompt.
   *
   * @throws LlmException if the prompt is empty
   */
  String complete(String prompt);
}
