package com.example.plain;

/** Asks another model twice; for its user that is one answer. */
final class CarefulLlm implements Llm {
  private final Llm other;

  CarefulLlm(Llm other) {
    this.other = other;
  }

  @Override
  public String complete(String prompt) {
    return "careful: " + other.complete(prompt) + ", " + other.complete("really " + prompt);
  }
}
