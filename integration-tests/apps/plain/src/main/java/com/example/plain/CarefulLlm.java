package com.example.plain;

/** A model that asks another model twice for one answer. */
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
