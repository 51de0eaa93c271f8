package io.metricsagent.instrumentations.testing;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for the garbage collector. */
public final class Garbage {
  private static final Duration GIVE_UP = Duration.ofSeconds(20);

  private Garbage() {}

  /**
   * Runs the collector until a condition holds or a generous time is over; returns whether it
   * holds.
   */
  public static boolean collectUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      collect();
    }
    return true;
  }

  /** Returns when a collection has found an unreachable object. */
  private static void collect() {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<Object> canary = new WeakReference<>(new Object(), queue);
    System.gc();
    try {
      queue.remove(GIVE_UP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Reference.reachabilityFence(canary);
  }
}
