package com.example.plain;

import java.util.ArrayDeque;
import java.util.Deque;

/** A queue. */
final class Inbox {
  private final Deque<String> letters = new ArrayDeque<>();

  void put(String letter) {
    letters.add(letter);
  }

  /** Returns the next message, or {@code null} if the queue is empty. */
  String take() {
    return letters.poll();
  }
}
