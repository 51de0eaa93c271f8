package com.example.plugin;

/** A language model. */
public interface Model {
  /** Answers a prompt. */
  String answer(String prompt);
}
