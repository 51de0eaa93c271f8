package com.example.asking;

/** Answers questions. */
interface Assistant {
  String answer(String question);
}
