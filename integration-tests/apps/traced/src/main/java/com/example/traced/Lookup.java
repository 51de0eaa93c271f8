package com.example.traced;

/** A tool. */
final class Lookup {
  String find(String key) {
    return "value of " + key;
  }

  String fail(String key) {
    throw new IllegalArgumentException("no " + key);
  }

  /** Is called in a trace that is not sampled, and then outside of any trace. */
  String quietly(String key) {
    return "quiet value of " + key;
  }
}
