package com.example.experiments;

import java.util.concurrent.CompletableFuture;

/** A model of the application's own. */
final class OwnModel {
  String complete(String prompt) {
    return "answer to " + prompt;
  }

  /** Answers on another thread, of which nobody has said anything. */
  CompletableFuture<String> later(String prompt) {
    return CompletableFuture.supplyAsync(() -> "late answer to " + prompt);
  }
}
