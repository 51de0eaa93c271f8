package com.example.traced;

/** A tool. */
final class Lookup {
  String find(String key) {
    return "value of " + key;
  }

  String fail(String key) {
    throw new IllegalArgumentException("no " + key);
  }

  /** Called in a trace that is not sampled, and then in none. */
  String quietly(String key) {
    return "quiet value of " + key;
  }
}
