package com.example.work;

import java.util.Map;
import java.util.TreeMap;

/** What the application has counted itself, by the names of the specification. Thread-safe. */
final class Ledger {
  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void add(String figure, long more) {
    counts.merge(figure, more, Long::sum);
  }

  synchronized void set(String figure, long value) {
    counts.put(figure, value);
  }

  synchronized void print() {
    counts.forEach((figure, value) -> System.out.println(figure + "=" + value));
  }
}
