package com.example.asking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks questions from several threads, each thread again as soon as it has an answer. Stateless.
 */
final class Load {
  private static final int MAX_SAMPLES = 1_000_000;

  private Load() {}

  /** Returns {@code load <answers a second> <p50> <p99>}, latencies in microseconds. */
  static String run(Assistant assistant, int threads, int seconds) throws InterruptedException {
    long[] nanos = new long[MAX_SAMPLES];
    AtomicInteger used = new AtomicInteger();
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> askers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread asker = new Thread(() -> ask(assistant, nanos, used, end));
      asker.start();
      askers.add(asker);
    }
    for (Thread asker : askers) {
      asker.join();
    }
    double elapsed = (System.nanoTime() - begin) / 1e9;
    int answers = Math.min(used.get(), MAX_SAMPLES);
    long[] sorted = Arrays.copyOf(nanos, answers);
    Arrays.sort(sorted);
    return "load %.1f %d %d"
        .formatted(
            answers / elapsed, sorted[answers / 2] / 1000, sorted[answers * 99 / 100] / 1000);
  }

  private static void ask(Assistant assistant, long[] nanos, AtomicInteger used, long end) {
    for (long now = System.nanoTime(); now < end; ) {
      assistant.answer("Who are you?");
      long then = System.nanoTime();
      int slot = used.getAndIncrement();
      if (slot < MAX_SAMPLES) {
        nanos[slot] = then - now;
      }
      now = then;
    }
  }
}
