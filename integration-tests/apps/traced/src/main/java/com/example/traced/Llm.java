package com.example.traced;

import java.util.concurrent.CompletableFuture;

/** A language model. */
final class Llm {
  String complete(String prompt) {
    return "answer to " + prompt;
  }

  /** Answers on another thread, outside of any span. */
  CompletableFuture<String> later(String prompt, CompletableFuture<?> when) {
    return when.thenApplyAsync(x -> "late answer to " + prompt);
  }
}
