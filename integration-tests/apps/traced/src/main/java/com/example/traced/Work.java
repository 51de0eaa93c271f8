package com.example.traced;

import java.util.concurrent.CompletableFuture;

/** Calls each method of the model and of the tool within traces. */
final class Work {
  private final Llm llm = new Llm();
  private final Lookup lookup = new Lookup();

  /**
   * Calls everything but {@link Lookup#quietly}.
   *
   * @return a future that completes after {@code ended}
   */
  CompletableFuture<String> run(CompletableFuture<?> ended) {
    System.out.println(llm.complete("one"));
    System.out.println(lookup.find("one"));
    try {
      lookup.fail("two");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    return llm.later("three", ended);
  }

  void quietly() {
    System.out.println(lookup.quietly("four"));
  }
}
